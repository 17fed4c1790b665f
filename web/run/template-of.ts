import {
  codeTemplates,
  neverHolds,
  type ParamValues,
  type StrategyTemplate,
  strategyTemplates,
  type WrittenStrategy,
} from "#engine/strategy"

/** Every starter strategy: rules first, then those only code can express. */
export const templates: readonly StrategyTemplate[] = [...strategyTemplates, ...codeTemplates]

/** Nothing yet: where a person writes their own rules from the first one on. */
export const emptyTemplate: StrategyTemplate = {
  id: "empty",
  worksWhen: "That is what the test will show: your rules decide.",
  failsWhen: "Rules that were fitted to the past fail on what comes after. Leave a part of the period unseen.",
  document: {
    format: "candlewright.strategy/1",
    name: "My strategy",
    description: "Rules of your own.",
    timeframe: "1h",
    long: null,
  },
}

/** The shortest code that trades: where a person who programs begins. */
export const codeBeginning: StrategyTemplate = {
  id: "code",
  worksWhen: "That is what the test will show: your code decides.",
  failsWhen: "Code that was fitted to the past fails on what comes after. Leave a part of the period unseen.",
  document: {
    format: "candlewright.strategy/1",
    name: "My code",
    description: "Code of your own.",
    timeframe: "1h",
    params: {
      fast: { label: "Fast average: candles", type: "int", value: 20, min: 2, max: 100, step: 1 },
      slow: { label: "Slow average: candles", type: "int", value: 100, min: 10, max: 400, step: 5 },
    },
    code: {
      language: "assemblyscript",
      source: `import { Candle, Sma, Strategy } from "candlewright"

// Called once for each closed candle. Numbers that you declare as params become sliders.
export class MyCode extends Strategy {
  fast: Sma = new Sma(this.param("fast"))
  slow: Sma = new Sma(this.param("slow"))

  onCandle(candle: Candle): void {
    const fast = this.fast.next(candle.close)
    const slow = this.slow.next(candle.close)
    if (!this.position.isOpen && fast > slow) this.buy()
    if (this.position.isOpen && fast < slow) this.close()
  }
}
`,
    },
    protect: { stopLoss: { kind: "percent", percent: 4 } },
  },
}

/** The template with this id; undefined when there is none, as in a link of another version. */
export function templateOf(id: string): StrategyTemplate | undefined {
  return [...templates, emptyTemplate, codeBeginning].find((template) => template.id === id)
}

/** Whether a document has any rules or code yet. */
export function hasRules({ long, short, code }: WrittenStrategy): boolean {
  return Boolean(long ?? short ?? code)
}

/** The document with these values of its params as its own. */
export function withParamValues(document: WrittenStrategy, values: Record<string, number | boolean>): WrittenStrategy {
  const entries = Object.entries(document.params ?? {}).map(([name, param]) => [
    name,
    Object.hasOwn(values, name) ? { ...param, value: values[name] } : param,
  ])
  return entries.length === 0
    ? document
    : { ...document, params: Object.fromEntries(entries) as WrittenStrategy["params"] }
}

/**
 * Whether a strategy may sell what it does not own: its rules have a short side, which these values of its params do not
 * switch off, or its code sells short.
 */
export function goesShort({ short, code, series = {}, params = {} }: WrittenStrategy, values: ParamValues): boolean {
  const own = Object.entries(params).map(([name, { value }]) => [name, value] as const)
  const names = { params: { ...Object.fromEntries(own), ...values }, series }
  return Boolean(short && !neverHolds(short.enter, names)) || Boolean(code?.source.includes("sellShort"))
}

type WrittenParam = NonNullable<WrittenStrategy["params"]>[string]
type Named<Param> = Param extends { type: "bool" }
  ? Param & { name: string; label: string }
  : Param & { name: string; label: string; step: number }

/** A param with everything a slider needs. */
export type ShownParam = Named<WrittenParam>

/** The params of a strategy in its order, with missing labels and steps filled in. */
export function shownParams(strategy: WrittenStrategy): ShownParam[] {
  return Object.entries(strategy.params ?? {}).map(([name, param]) => shownParam(name, param))
}

function shownParam(name: string, param: WrittenParam): ShownParam {
  const label = param.label ?? name
  return param.type === "bool"
    ? { ...param, name, label }
    : { ...param, name, label, step: param.step ?? (param.type === "int" ? 1 : 0.1) }
}
