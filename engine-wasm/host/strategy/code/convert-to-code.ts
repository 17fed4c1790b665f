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
 * trades. Refuses what code cannot express the same way: models, formulas of stops and targets that use the position, and
 * targets of both kinds.
 */
export function convertToCode(strategy: StrategyDocument): Converted {
  const problems = unsayable(strategy)
  if (problems.length > 0) return { ok: false, problems }
  const { series: _series, long: _long, short: _short, ...rest } = strategy
  const code = { language: "assemblyscript", source: sourceOf(strategy) }
  return {
    ok: true,
    document: JSON.parse(JSON.stringify({ ...rest, protect: protectBesideCode(strategy), code })) as WrittenStrategy,
  }
}

/** What of the protection stays in the document: the code says prices itself. */
function protectBesideCode({ protect }: StrategyDocument) {
  const { stopLoss, takeProfit } = protect
  const saysStop = stopLoss.kind === "atr" || stopLoss.kind === "price"
  return {
    ...protect,
    stopLoss: saysStop ? undefined : stopLoss,
    takeProfit: takeProfit.some((target) => "formula" in target) ? [] : takeProfit,
  }
}

function unsayable({ code, models = {}, protect: { stopLoss, takeProfit } }: StrategyDocument): StrategyProblem[] {
  if (code) return [{ path: "code", because: "this strategy is code already" }]
  if (Object.keys(models).length > 0)
    return [{ path: "models", because: "code cannot ask a model yet; a strategy with a forecast stays rules" }]
  const stop = stopLoss.kind === "price" && asksPosition(stopLoss.formula)
  return [
    ...targetProblems(takeProfit),
    ...(stop
      ? [{ path: "protect.stopLoss.formula", because: ofPosition("a stop", "a percentage or an ATR distance") }]
      : []),
  ]
}

type Targets = StrategyDocument["protect"]["takeProfit"]

function targetProblems(targets: Targets): StrategyProblem[] {
  const isMixed = targets.some((one) => "formula" in one) && targets.some((one) => !("formula" in one))
  return targets.flatMap((target, n) => {
    if (!("formula" in target)) return []
    const path = `protect.takeProfit[${n}].formula`
    if (asksPosition(target.formula)) return [{ path, because: ofPosition("a take-profit", "a percentage") }]
    return isMixed
      ? [{ path, because: "targets by formula and in percent together cannot be converted; write all of them one way" }]
      : []
  })
}

const asksPosition = (formula: string) => /\bposition\s*\./.test(formula)

const ofPosition = (what: string, instead: string) =>
  `${what} formula that asks for the position cannot be converted, as code sets its prices before there is one; use ${instead}`

function sourceOf(strategy: StrategyDocument): string {
  const writer = new CodeWriter(strategy)
  writer.writeSeries()
  const long = strategy.long && sideOf(writer, "long", strategy.long)
  const short = strategy.short && sideOf(writer, "short", strategy.short)
  const stop = stopCall(writer, strategy.protect.stopLoss)
  writer.writeShown()
  const acts = [
    ...(long ? actsOf("Long", long, stop + targetCalls(writer, strategy, NEVER_REACHED.long), "buy") : []),
    ...(short ? actsOf("Short", short, stop + targetCalls(writer, strategy, NEVER_REACHED.short), "sellShort") : []),
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
  terms: string,
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
    `if (enter${name}${hasExit ? ` && !exit${name}` : ""}) this.${verb}()${terms}.tag(${tag})`,
  ]
}

function stopCall(writer: CodeWriter, stop: StrategyDocument["protect"]["stopLoss"]): string {
  if (stop.kind === "price") return `.stop(${writer.value(parsed(stop.formula))})`
  if (stop.kind !== "atr") return ""
  return `.stopDistance(${writer.value(parsed(`atr(${stop.length}) * ${stop.multiple}`))})`
}

/** No high is this high, and no low this low: what a target is while its formula is not known. */
const NEVER_REACHED = { long: 1e300, short: 0 }

function targetCalls(writer: CodeWriter, { protect: { takeProfit } }: StrategyDocument, never: number): string {
  return takeProfit
    .map((target) => {
      if (!("formula" in target)) return ""
      const price = writer.value(parsed(`nz(${target.formula}, ${never})`))
      return `.target(${price}, ${writer.value(parsed(String(target.share)))})`
    })
    .join("")
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
