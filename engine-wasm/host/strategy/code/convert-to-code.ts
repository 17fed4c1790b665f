import { CodeWriter } from "./convert-formula.ts"
import { takenClasses } from "./reserved-word.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import type { Formula } from "../formula/formula.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import {
  conditionsOf,
  type StrategyDocument,
  type StrategySide,
  type WrittenStrategy,
} from "../document/strategy-document.ts"

export type Converted = { ok: true; document: WrittenStrategy } | { ok: false; problems: StrategyProblem[] }

/**
 * The same strategy in AssemblyScript: a document with `code` in place of series, long and short, that makes the same
 * trades. Refuses what code cannot express the same way: take-profit formulas and a stop formula that uses the
 * position.
 */
export function convertToCode(strategy: StrategyDocument): Converted {
  const problems = unsayable(strategy)
  if (problems.length > 0) return { ok: false, problems }
  const { series: _series, long: _long, short: _short, ...rest } = strategy
  const stopLoss = strategy.protect.stopLoss
  const protect =
    stopLoss.kind === "atr" || stopLoss.kind === "price"
      ? { ...strategy.protect, stopLoss: undefined }
      : strategy.protect
  return {
    ok: true,
    document: JSON.parse(
      JSON.stringify({ ...rest, protect, code: { language: "assemblyscript", source: sourceOf(strategy) } }),
    ) as WrittenStrategy,
  }
}

function unsayable({ code, protect: { stopLoss, takeProfit } }: StrategyDocument): StrategyProblem[] {
  if (code) return [{ path: "code", because: "this strategy is code already" }]
  const targets = takeProfit.flatMap((target, n) =>
    "formula" in target
      ? [
          {
            path: `protect.takeProfit[${n}].formula`,
            because: "a take-profit formula cannot be converted yet; use a percentage",
          },
        ]
      : [],
  )
  const follows = stopLoss.kind === "price" && /\bposition\s*\./.test(stopLoss.formula)
  return follows
    ? [
        ...targets,
        {
          path: "protect.stopLoss.formula",
          because: "a stop formula that asks for the position cannot be converted; use a percentage or an ATR distance",
        },
      ]
    : targets
}

function sourceOf(strategy: StrategyDocument): string {
  const writer = new CodeWriter(strategy)
  writer.writeSeries()
  const long = strategy.long && sideOf(writer, "long", strategy.long)
  const short = strategy.short && sideOf(writer, "short", strategy.short)
  const stop = stopCall(writer, strategy.protect.stopLoss)
  const acts = [
    ...(long ? actsOf("Long", long, stop, "buy") : []),
    ...(short ? actsOf("Short", short, stop, "sellShort") : []),
  ]
  return writer.source(
    className(strategy.name),
    [strategy.name, ...strategy.description.split("\n")].filter((line) => line !== ""),
    acts,
  )
}

type SideInCode = { enter: string[]; join: "&&" | "||"; texts: string[]; hasExit: boolean }

function sideOf(writer: CodeWriter, side: "long" | "short", { enter, exit }: StrategySide): SideInCode {
  const { join, formulas } = conditionsOf(enter)
  const words = { all: "&&", any: "||" } as const
  const name = side === "long" ? "Long" : "Short"
  const conditions = formulas.map((text) => writer.condition(parsed(text)))
  const names = conditions.length === 1 ? [`enter${name}`] : conditions.map((_, n) => `enter${name}${n + 1}`)
  if (conditions.length === 1) writer.line(`const enter${name} = ${conditions[0]}`)
  else {
    conditions.forEach((condition, n) => writer.line(`const ${names[n]} = ${condition}`))
    writer.line(`const enter${name} = ${names.join(` ${words[join]} `)}`)
  }
  if (exit) {
    const rule = conditionsOf(exit)
    writer.side = side
    writer.line(
      `const exit${name} = ${rule.formulas.map((text) => writer.condition(parsed(text))).join(` ${words[rule.join]} `)}`,
    )
    writer.side = undefined
  }
  return { enter: names, join: words[join], texts: formulas, hasExit: exit !== null }
}

function actsOf(
  name: "Long" | "Short",
  { enter, join, texts, hasExit }: SideInCode,
  stop: string,
  verb: string,
): string[] {
  const tag =
    join === "&&"
      ? JSON.stringify(texts[0])
      : texts
          .slice(0, -1)
          .map((text, n) => `${enter[n]} ? ${JSON.stringify(text)} : `)
          .join("") + JSON.stringify(texts.at(-1))
  return [
    ...(hasExit ? [`if (this.position.is${name} && exit${name}) this.close()`] : []),
    `if (enter${name}${hasExit ? ` && !exit${name}` : ""}) this.${verb}()${stop}.tag(${tag})`,
  ]
}

function stopCall(writer: CodeWriter, stop: StrategyDocument["protect"]["stopLoss"]): string {
  if (stop.kind === "price") return `.stop(${writer.value(parsed(stop.formula))})`
  if (stop.kind !== "atr") return ""
  return `.stopDistance(${writer.value(parsed(`atr(${stop.length}) * ${stop.multiple}`))})`
}

function parsed(text: string): Formula {
  const read = parseFormula(text)
  if (!read.ok) throw new Error(`a checked document has a formula that cannot be read: ${text}`)
  return read.formula
}

/** "RSI dip in an uptrend" as RsiDipInAnUptrend; one that is the name of something else, such as RSI, as MyRsi. */
function className(name: string): string {
  const words = name.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? []
  const joined = words.map((word) => word[0].toUpperCase() + word.slice(1).toLowerCase()).join("")
  return /^[A-Z]/.test(joined) && !takenClasses.has(joined.toLowerCase()) ? joined : `My${joined}`
}
