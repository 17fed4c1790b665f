import type { Timeframe } from "../../candles/timeframe.ts"
import { CodeWriter } from "../../strategy/code/convert-formula.ts"
import { conditionsOf, type StrategyDocument, type WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { rulesProblems } from "../../strategy/document/strategy-check.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import { withNamedNumbers } from "../model/named-numbers.ts"

/** Conditions of purchases: `only` while they hold; `exit` sells all of it. */
export type PurchaseConditions = { only?: Rule; exit?: Rule }
type Rule = { all: string[] } | { any: string[] }

/** Buying for the same amount again and again. `weekday`: Monday 1 to Sunday 7; 0 is any. `hour`: in UTC; -1 is any. */
export type RegularPurchase = {
  markets: string[]
  timeframe: Timeframe
  every: number
  weekday: number
  hour: number
  amount: number
  stopPercent: number | undefined
} & PurchaseConditions

/** A document in code: rules hold one position, and each purchase here makes it larger. */
export function regularPurchase(purchase: RegularPurchase): WrittenStrategy {
  const { markets, timeframe, amount, stopPercent, only, exit } = purchase
  const rules = purchaseRules(purchase)
  return {
    format: "candlewright.strategy/1",
    name: "Buy regularly",
    description: `Buys for the same amount again and again${only ? " while its condition holds" : ", whatever the price"}, and ${exit ? "sells all of it by a rule" : "never sells by a rule"}.`,
    timeframe,
    markets,
    params: { ...purchaseParams(purchase), ...rules.params },
    code: { language: "assemblyscript", source: sourceOf(rules, purchase) },
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
    size: { kind: "quote", amount },
    limits: { maxOpenPositions: Math.max(1, markets.length) },
  }
}

function purchaseParams({ amount, every, weekday, hour }: RegularPurchase): NonNullable<WrittenStrategy["params"]> {
  return {
    amount: {
      label: "Amount of each purchase",
      type: "number",
      value: amount,
      min: Math.min(1, amount),
      max: Math.max(1_000, amount * 5),
      step: 1,
    },
    every: { label: "Buy every … candles", type: "int", value: every, min: 1, max: Math.max(60, every * 2), step: 1 },
    onDay: { label: "Only on weekday (1 Monday, 0 any)", type: "int", value: weekday, min: 0, max: 7, step: 1 },
    atHour: { label: "Only at hour (UTC, -1 any)", type: "int", value: hour, min: -1, max: 23, step: 1 },
  }
}

/** The conditions as a strategy of rules, their numbers as sliders. */
function readRules({ timeframe, only, exit }: PurchaseConditions & { timeframe: Timeframe }) {
  return strategyFromJson(
    withNamedNumbers({
      format: "candlewright.strategy/1",
      name: "Buy regularly",
      timeframe,
      long: { enter: only ?? { all: ["close > 0"] }, exit: exit ?? null },
      protect: { stopLoss: { kind: "none" } },
      size: { kind: "equity", percent: 1 },
    }),
  )
}

/** Whether purchases can have these conditions on candles of that length. */
export function canHaveConditions(conditions: PurchaseConditions & { timeframe: Timeframe }): boolean {
  const read = readRules(conditions)
  return read.ok && rulesProblems(read.strategy).length === 0
}

function purchaseRules(purchase: RegularPurchase): StrategyDocument {
  const read = readRules(purchase)
  if (!read.ok) throw new Error(`purchases have conditions that no rule has: ${JSON.stringify(read.problems)}`)
  return read.strategy
}

const aboutLines = [
  "Each purchase brings the position to what it is worth and the amount on top, while there is money left.",
]

const purchaseLines = [
  "if (this.onDay > 0 && dayOf(candle.closeTimeMs) != this.onDay) return",
  "if (this.atHour >= 0 && hourOf(candle.closeTimeMs) != this.atHour) return",
  "this.waited += 1",
  "if (this.waited < this.every) return",
  "this.waited = 0",
]

const buyLines = [
  "const worth = this.position.quantity * candle.close",
  "const wanted = (100 * (worth + this.amount)) / this.equity",
  "if (wanted <= 99) this.targetPercent(wanted)",
]

const clock = `
// Monday 1 to Sunday 7 of the moment at which the purchase is made.
function dayOf(timeMs: f64): f64 {
  return ((floor((timeMs + 1) / 86400000) + 3) % 7) + 1
}

function hourOf(timeMs: f64): f64 {
  return floor((timeMs + 1) / 3600000) % 24
}
`

function sourceOf(rules: StrategyDocument, { only }: RegularPurchase): string {
  const writer = new CodeWriter(rules)
  for (const name of ["amount", "every", "onDay", "atHour"]) writer.field(`${name}: f64 = this.param("${name}")`)
  writer.field("waited: f64 = 0")
  // Indicators are fed at every candle, so their conditions are known before anything returns.
  const enter = only && conditionIn(writer, rules.long!.enter)
  const exit = rules.long!.exit
  const leave = exit && conditionIn(writer, exit)
  if (enter) writer.line(`const isWanted = ${enter}`)
  if (leave) writer.line(`const isOver = ${leave}`)
  const acts = [
    ...(leave ? ["if (isOver) {", "  if (this.position.isOpen) this.close()", "  return", "}"] : []),
    ...purchaseLines,
    ...(enter ? ["if (!isWanted) return"] : []),
    ...buyLines,
  ]
  return writer.source("BuyRegularly", aboutLines, acts) + clock
}

function conditionIn(writer: CodeWriter, rule: Parameters<typeof conditionsOf>[0]): string {
  const { join, formulas } = conditionsOf(rule)
  const parts = formulas.flatMap((text) => {
    const parsed = parseFormula(text)
    return parsed.ok ? [writer.condition(parsed.formula)] : []
  })
  return parts.join(join === "all" ? " && " : " || ")
}
