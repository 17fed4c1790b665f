import type { StrategyParam, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { sensibleParam } from "../../strategy/edit/adjustable.ts"
import { mendedFormula } from "./mended-formula.ts"
import { marketFrom } from "./model-market.ts"
import type { WholeStrategy } from "./strategy-shape.ts"

type Given = { params: Readonly<Record<string, StrategyParam>>; models?: WrittenStrategy["models"] }

/** The document that a model's strategy means. Empty parts take the document's own defaults. `given`: what it changes; its models stay. */
export function writtenStrategy(filled: WholeStrategy, given: Given = { params: {} }): WrittenStrategy {
  return {
    format: "candlewright.strategy/1",
    name: seen(filled.name) || "From the chat",
    description: seen(filled.plan),
    timeframe: filled.timeframe,
    markets: [...new Set(filled.markets.map(marketFrom))],
    params: {
      ...given.params,
      ...Object.fromEntries(filled.settings.map(({ name, value }) => [name, paramFrom(name, value, given)])),
    },
    series: Object.fromEntries(filled.series.map(({ name, formula }) => [name, mendedFormula(formula)])),
    long: sideFrom(filled.long),
    short: sideFrom(filled.short),
    protect: protectFrom(filled),
    ...part("size", sizeFrom(filled.size, filled.stop.kind !== "none")),
    ...part("orders", ordersFrom(filled.entryOrder)),
    add: addFrom(filled.add),
    limits: limitsFrom(filled.limits),
    ...(given.models && { models: given.models }),
  }
}

/** Without letters that cannot be seen, or that turn others round. */
function seen(text: string): string {
  return text.replace(/(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}])+/gu, " ").trim()
}

type Written<Part extends keyof WrittenStrategy> = WrittenStrategy[Part]

function paramFrom(name: string, value: number, { params }: Given): StrategyParam {
  const known = Object.hasOwn(params, name) ? params[name] : undefined
  if (known?.type === "bool") return { ...known, value: value !== 0 }
  if (known !== undefined) return { ...known, value, min: Math.min(known.min, value), max: Math.max(known.max, value) }
  const meaning = { label: name, value, isWhole: Number.isInteger(value), min: -1e12, max: 1e12 }
  return { label: name, ...sensibleParam(meaning) }
}

function sideFrom({ join, enter, exitJoin, exit }: WholeStrategy["long"]): Written<"long"> {
  if (enter.length === 0 && exit.length === 0) return null
  return { enter: ruleFrom(join, enter), exit: exit.length === 0 ? null : ruleFrom(exitJoin, exit) }
}

function ruleFrom(join: "all" | "any", formulas: string[]) {
  const mended = formulas.map(mendedFormula)
  return join === "all" ? { all: mended } : { any: mended }
}

function protectFrom(filled: WholeStrategy): Written<"protect"> {
  const { stop, trailing, breakEven, roi, targets, timeStopCandles } = filled
  return {
    ...part("stopLoss", stopFrom(stop)),
    takeProfit: targets.flatMap(targetFrom),
    trailing:
      trailing.percent === 0
        ? null
        : {
            percent: trailing.percent,
            armAtPercent: trailing.armAtPercent,
            ...(trailing.beforeArmPercent > 0 && { beforeArmPercent: trailing.beforeArmPercent }),
          },
    breakEven: breakEven.atPercent === 0 ? null : breakEven,
    roi,
    timeStop: timeStopCandles === 0 ? null : { candles: timeStopCandles },
  }
}

type Stop = NonNullable<NonNullable<WrittenStrategy["protect"]>["stopLoss"]>

function stopFrom({ kind, percent, length, multiple, formula }: WholeStrategy["stop"]): Stop | undefined {
  if (kind === "percent") return percent === 0 ? undefined : { kind, percent }
  if (kind === "atr") return { kind, multiple, ...(length > 0 && { length }) }
  return kind === "price" ? { kind, formula: mendedFormula(formula) } : { kind }
}

type Target = NonNullable<NonNullable<WrittenStrategy["protect"]>["takeProfit"]>[number]

function targetFrom({ percent, formula, share }: WholeStrategy["targets"][number]): Target[] {
  const all = { share: share === 0 ? 1 : share }
  if (percent !== 0) return [{ percent, ...all }]
  return formula === "" ? [] : [{ formula: mendedFormula(formula), ...all }]
}

/** Without a stop there is no risk to measure: a third of the account then, where nothing is said. */
const SHARE_WITHOUT_STOP = 33

function sizeFrom(
  { kind, percent, maxPositionPercent, amount }: WholeStrategy["size"],
  hasStop: boolean,
): Written<"size"> {
  if (kind === "quote") return amount === 0 ? undefined : { kind, amount }
  if (kind === "equity") return percent === 0 ? undefined : { kind, percent }
  if (!hasStop && percent === 0) return { kind: "equity", percent: SHARE_WITHOUT_STOP }
  const most = maxPositionPercent === 0 ? {} : { maxPositionPercent }
  return { kind, percent: percent === 0 ? 1 : percent, ...most }
}

function ordersFrom({ kind, offsetPercent, expireCandles }: WholeStrategy["entryOrder"]): Written<"orders"> {
  if (kind === "market") return undefined
  return { entry: { kind, offsetPercent, ...(expireCandles > 0 && { expireCandles }) } }
}

function addFrom({ maxTimes, everyDropPercent, sizeMultiple }: WholeStrategy["add"]): Written<"add"> {
  if (maxTimes === 0) return null
  return { maxTimes, everyDropPercent, ...(sizeMultiple > 0 && { sizeMultiple }) }
}

function limitsFrom(limits: WholeStrategy["limits"]): Written<"limits"> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== 0))
}

function part<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value })
}
