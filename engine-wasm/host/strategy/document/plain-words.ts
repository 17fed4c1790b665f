import { plainText } from "../../candles/foreign-text.ts"
import { exactNumber, formatRoundMoney } from "../../candles/number-format.ts"
import { formulaInWords, listedFormulaInWords } from "./plain-words-formula.ts"
import { neverHolds } from "./idle-rule.ts"
import { chosenParams, resolvedStrategy, type ParamValues, type ResolvedStrategy } from "./strategy-document-params.ts"
import { guardedFormula } from "../formula/formula-decided.ts"
import { namesInText } from "../formula/names-in-text.ts"
import { formulaText } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { mayCode, type OrderTerm } from "./order-term.ts"
import { conditionsOf, type StrategyDocument, type StrategyRule } from "./strategy-document.ts"

export type PlanPart = "markets" | "meaning" | "long" | "short" | "protect" | "size" | "orders" | "add" | "limits"
export type PlanSentence = { part: PlanPart; text: string }

/** What a strategy was tested on: its sentences then name that, and not the document's own markets. */
export type TestedOn = {
  markets: readonly string[]
  /** The currency of the prices, if known. */
  currency?: string
  /** The money at the start, in that currency. */
  cash: number
}

/**
 * The whole strategy in plain sentences, in the order a person would explain it. Missing params keep the document's
 * values; with `tested`, shares of the account appear in money too.
 * @throws when `params` are not the strategy's (see `chosenParams`)
 */
export function planInWords(strategy: StrategyDocument, params?: ParamValues, tested?: TestedOn): PlanSentence[] {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) throw new Error(chosen.problems.map((problem) => `${problem.path}: ${problem.because}`).join("; "))
  const plan = resolvedStrategy(strategy, chosen.values)
  return [
    ...sentencesOf("markets", [marketWords(plan, tested)]),
    ...sentencesOf("meaning", meaningWords(plan, chosen.values)),
    ...sentencesOf("long", sideWords("long", plan, chosen.values)),
    ...sentencesOf("short", sideWords("short", plan, chosen.values)),
    ...sentencesOf("protect", protectWords(plan, chosen.values)),
    ...sentencesOf("size", [unlessCoded("size", plan.code, sizeWords(plan.size, tested))]),
    ...sentencesOf("orders", [orderWords(plan.orders)]),
    ...sentencesOf("add", plan.add ? [addWords(plan.add)] : []),
    ...sentencesOf("limits", limitWords(plan.limits, tested)),
  ]
}

function sentencesOf(part: PlanPart, texts: string[]): PlanSentence[] {
  return texts.map((text) => ({ part, text }))
}

function marketWords({ timeframe, markets: written }: ResolvedStrategy, tested?: TestedOn): string {
  const markets: readonly string[] = tested?.markets ?? written
  const where = markets.length > 0 ? `on ${listed(markets, "and")}` : "on the markets you choose"
  return `It looks at every finished ${timeframe} candle ${where}.`
}

function meaningWords({ series, code }: ResolvedStrategy, params: ParamValues): string[] {
  if (code) return ["Its rules are written in code."]
  return Object.entries(series).map(([name, formula]) => `“${name}” means ${formulaInWords(formula, params)}.`)
}

function sideWords(side: "long" | "short", plan: ResolvedStrategy, params: ParamValues): string[] {
  const rules = plan[side]
  if (!rules) return []
  const [enter, exit] = deeds[side]
  // Of a side that is switched off the words say what the strategy could do, not what it does.
  if (side === "short" && neverHolds(rules.enter, { params, series: plan.series }))
    return [shortOffWords(rules.enter, plan, params)]
  return [
    deedWords(enter, ruleWords(rules.enter, params), `It never ${enter}.`),
    ...switchedOffWords(rules.enter, plan, params),
    ...(rules.exit
      ? [deedWords(exit, ruleWords(rules.exit, params), `It never ${exit} by a rule.`)]
      : [withoutExit(plan)]),
    ...(rules.exit ? switchedOffWords(rules.exit, plan, params) : []),
  ]
}

/** "It can also sell short: switched off now (“Also bet on falls”)." */
function shortOffWords(rule: StrategyRule, { params: written }: ResolvedStrategy, params: ParamValues): string {
  const named = new Set(conditionsOf(rule).formulas.flatMap(namesInText))
  const off = [...named].filter((name) => params[name] === false).map((name) => written[name].label ?? name)
  const by =
    off.length === 0
      ? ""
      : ` (${listed(
          off.map((label) => `“${plainText(label)}”`),
          "and",
        )})`
  return `It can also sell short: switched off now${by}.`
}

const deeds = {
  long: ["buys", "sells"],
  short: ["sells short (betting on a fall)", "buys back"],
} as const

function deedWords(deed: string, when: string, never: string): string {
  if (when === "never") return never
  return when === "always" ? `It ${deed} at the close of any candle.` : `It ${deed} when ${when}.`
}

/** Conditions that a switch takes out of force: a sentence each, so that nothing of the document is left out. */
function switchedOffWords(rule: StrategyRule, { params: written }: ResolvedStrategy, params: ParamValues): string[] {
  return conditionsOf(rule).formulas.flatMap((text) => {
    const guarded = guardOf(text)
    if (!guarded || params[guarded.name] !== false) return []
    const label = plainText(written[guarded.name].label ?? guarded.name)
    return [`Switched off now (“${label}”): ${formulaInWords(guarded.text, params)}.`]
  })
}

/** `not useTrend or close > 1` as its switch and its condition. */
function guardOf(text: string): { name: string; text: string } | undefined {
  const parsed = parseFormula(text)
  const guarded = parsed.ok ? guardedFormula(parsed.formula) : undefined
  return guarded && { name: guarded.name, text: formulaText(guarded.of) }
}

function withoutExit({ protect: { stopLoss, takeProfit, trailing, roi, timeStop } }: ResolvedStrategy): string {
  if (takeProfit.length > 0 || trailing || roi.length > 0 || timeStop)
    return "No rule says when to exit; the protection below closes the position."
  return stopLoss.kind === "none"
    ? "It never closes a position by itself."
    : "No rule says when to exit; only the stop loss closes the position."
}

function ruleWords(rule: StrategyRule, params: ParamValues): string {
  const { join, formulas } = conditionsOf(rule)
  const inWords = formulas.length === 1 ? formulaInWords : listedFormulaInWords
  const texts = formulas.map((formula) => inWords(formula, params))
  const [idle, deciding] = join === "all" ? ["always", "never"] : ["never", "always"]
  if (texts.includes(deciding)) return deciding
  const counting = texts.filter((text) => text !== idle)
  return counting.length === 0 ? idle : listed(counting, join === "all" ? "and" : "or")
}

function protectWords({ protect, code }: ResolvedStrategy, params: ParamValues): string[] {
  const { stopLoss, takeProfit, trailing, breakEven, roi, timeStop } = protect
  return [
    unlessCoded("stop", code, stopWords(stopLoss, params)),
    ...takeProfit.map((target) => unlessCoded("target", code, targetWords(target, params))),
    ...(trailing ? [trailingWords(trailing)] : []),
    ...(breakEven
      ? [
          `Once it is ${share(breakEven.atPercent)} ahead, the stop moves to ${share(breakEven.plusPercent)} above the entry price, so that it cannot turn into a loss by price.`,
        ]
      : []),
    ...roi.map(roiWords),
    ...(timeStop ? [`After ${candles(timeStop.candles)} it closes whatever happened.`] : []),
  ]
}

/** A sentence of the document; where its code may say otherwise for an order of its own, with that said. */
function unlessCoded(term: OrderTerm, code: StrategyDocument["code"], sentence: string): string {
  if (!mayCode(code, term)) return sentence
  return `Unless its code sets a ${term} of its own: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}

function roiWords({ afterMinutes, percent }: ResolvedStrategy["protect"]["roi"][number]): string {
  const after = `After ${minutesInWords(afterMinutes)}`
  return percent === -100
    ? `${after} it closes whatever its profit.`
    : `${after}, a profit of ${share(percent)} is enough to close.`
}

function stopWords(stop: ResolvedStrategy["protect"]["stopLoss"], params: ParamValues): string {
  switch (stop.kind) {
    case "percent":
      return `If the price goes ${share(stop.percent)} against the entry, the position is closed (stop loss).`
    case "atr":
      return `If the price goes ${exactNumber(stop.multiple)} times its usual range (ATR over ${candles(stop.length)}) against the entry, the position is closed (stop loss).`
    case "price":
      return `The stop loss is fixed at entry: ${formulaInWords(stop.formula, params)}.`
    case "none":
      return "There is no stop loss: a falling price is not limited by anything."
  }
}

function targetWords(target: ResolvedStrategy["protect"]["takeProfit"][number], params: ParamValues): string {
  const part = target.share === 1 ? "all that is still open" : `${share(target.share * 100)} of what is still open`
  return "formula" in target
    ? `It takes profit on ${part} at a price fixed at entry: ${formulaInWords(target.formula, params)}.`
    : `At ${share(target.percent)} profit it takes profit on ${part}.`
}

function trailingWords({
  percent,
  armAtPercent,
  beforeArmPercent,
}: NonNullable<ResolvedStrategy["protect"]["trailing"]>): string {
  const from = armAtPercent === 0 ? "From the entry on" : `Once it is ${share(armAtPercent)} ahead`
  const before = beforeArmPercent === undefined ? "" : ` Until then it follows ${share(beforeArmPercent)} behind.`
  return `${from}, the stop follows ${share(percent)} behind the best price and never goes back.${before}`
}

function sizeWords(size: ResolvedStrategy["size"], tested?: TestedOn): string {
  switch (size.kind) {
    case "risk":
      return `Each position is sized so that its stop would cost about ${share(size.percent)} of the account${inMoney(size.percent, tested)}, and never takes more than ${share(size.maxPositionPercent)} of it${inMoney(size.maxPositionPercent, tested)}.`
    case "equity":
      return `Each position uses ${share(size.percent)} of the account${inMoney(size.percent, tested)}.`
    case "quote":
      return tested?.currency === undefined
        ? `Each position costs ${exactNumber(size.amount)} in the quote currency.`
        : `Each position costs ${formatRoundMoney(size.amount, tested.currency)}.`
  }
}

/** " ($1 of $100 at the start)", where it is known how much the account holds. */
function inMoney(percent: number, tested: TestedOn | undefined): string {
  if (!tested) return ""
  const money = (amount: number) => formatRoundMoney(amount, tested.currency)
  return ` (${money((tested.cash * percent) / 100)} of ${money(tested.cash)} at the start)`
}

function share(percent: number): string {
  return `${exactNumber(percent)} %`
}

function orderWords({ entry }: ResolvedStrategy["orders"]): string {
  if (entry.kind === "market") return "It enters at the next available price (market order)."
  return `It enters with a limit order ${share(entry.offsetPercent)} better than the price, given up after ${candles(entry.expireCandles)}.`
}

function addWords({ maxTimes, everyDropPercent, sizeMultiple }: NonNullable<ResolvedStrategy["add"]>): string {
  const bigger = sizeMultiple === 1 ? "as large as the first" : `${exactNumber(sizeMultiple)} times the one before`
  return `Each time the price goes ${share(everyDropPercent)} further against it, it adds to the position, at most ${maxTimes} ${maxTimes === 1 ? "time" : "times"}, each ${bigger}.`
}

function limitWords(limits: ResolvedStrategy["limits"], tested?: TestedOn): string[] {
  const { maxOpenPositions, cooldownCandles, dailyLossPercent, maxDrawdownPercent, maxCorrelation } = limits
  return [
    `At most ${maxOpenPositions} ${maxOpenPositions === 1 ? "position is" : "positions are"} open at once.`,
    ...(cooldownCandles > 0 ? [`After closing it waits ${candles(cooldownCandles)} before the next entry.`] : []),
    ...(dailyLossPercent === null
      ? []
      : [
          `After losing ${share(dailyLossPercent)} in a day${inMoney(dailyLossPercent, tested)} it opens nothing more that day.`,
        ]),
    ...(maxDrawdownPercent === null
      ? []
      : [`When the account is ${share(maxDrawdownPercent)} below its best, it opens nothing more.`]),
    ...(maxCorrelation === null
      ? []
      : [
          `It does not open a market that moves almost like one it holds (correlation above ${exactNumber(maxCorrelation)}).`,
        ]),
  ]
}

const candles = (count: number) => (count === 1 ? "1 candle" : `${count} candles`)

function minutesInWords(minutes: number): string {
  if (minutes >= 60 && minutes % 60 === 0) return minutes === 60 ? "1 hour" : `${exactNumber(minutes / 60)} hours`
  return minutes === 1 ? "1 minute" : `${exactNumber(minutes)} minutes`
}

function listed(texts: readonly string[], join: "and" | "or"): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} ${join} ${texts.at(-1)}`
}
