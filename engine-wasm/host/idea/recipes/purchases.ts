import { DAY_MS, MINUTE_MS, strategyTimeframeOf, type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { hasWayOut } from "../complete-draft.ts"
import { type DraftRule, IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare, type Condition, conditionFormula, operandsOf, withOperands } from "../reading/condition.ts"
import type { Operand } from "../reading/operand.ts"
import { writtenDraft } from "../written-draft.ts"
import { assumeMarket, recipeStop } from "./assumed-parts.ts"
import { candlesFor, hourIn, type Period, periodIn } from "./purchase-period.ts"
import {
  canHaveConditions,
  type PurchaseConditions,
  type RegularPurchase,
  regularPurchase,
} from "./regular-purchase.ts"
import { says, understandName } from "./said-words.ts"

/** Regular purchases, where that is what was said. */
export function purchasesSaid(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy | undefined {
  const period = periodIn(chunks)
  const isMeant = period && isPurchase(chunks, draft, period) && draft.add === undefined && !says(chunks, "rotation")
  return isMeant ? purchasesIn(draft, chunks, period) : undefined
}

/** "DCA weekly", "buy 20 $ every day when …", "jede Woche 50 € in BTC": the same amount again and again. */
function isPurchase(chunks: readonly Chunk[], draft: IdeaDraft, period: Period): boolean {
  if (says(chunks, "dca")) return true
  const isLeft = says(chunks, "sell", "exit") || draft.rules.some(({ deed }) => deed === "exit")
  if (isLeft || says(chunks, "short", "cover")) return false
  if (says(chunks, "buy") && !hasEntry(draft)) return true
  return period.isEvery === true && draft.size?.kind !== "risk" && hasSpending(chunks) && !isProtected(draft)
}

/** Money that is spent, not risked or owned. */
function hasSpending(chunks: readonly Chunk[]): boolean {
  return (
    chunks.some((chunk) => chunk.kind === "amount" && chunk.unit === "money") &&
    !says(chunks, "risk", "lose", "balance", "have")
  )
}

function isProtected({ stop, targets, trailing }: IdeaDraft): boolean {
  return stop !== undefined || targets.length > 0 || trailing !== undefined
}

function hasEntry({ rules }: IdeaDraft): boolean {
  return rules.some(({ deed }) => deed === "enter")
}

/** "For 10 € bitcoin": money that nothing else has taken. */
function spendMoney(draft: IdeaDraft, chunks: readonly Chunk[]) {
  const money = chunks.find((chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed)
  if (money?.kind !== "amount" || draft.size || !(money.value > 0)) return
  draft.size = { kind: "quote", amount: money.value }
  draft.understand([money], "size", `${money.value} a position`)
}

function purchasesIn(draft: IdeaDraft, given: readonly Chunk[], period: Period): WrittenStrategy {
  const { chunks } = period
  const hour = hourIn(given, draft)
  const plan = candlesFor(period, hour)
  const { weekday } = plan
  const { timeframe, every, ...conditions } = conditionsIn(draft, plan)
  draft.understand(chunks, "enter", chunks.map(({ text }) => text).join(" "))
  draft.timeframe = timeframe
  assumeMarket(draft)
  spendMoney(draft, given)
  const amount = draft.size?.kind === "quote" ? Number(draft.size.amount) : 10
  // "5 % of the account each week": purchases are made for an amount.
  if (draft.size && draft.size.kind !== "quote") draft.ask("size")
  if (!draft.size) draft.assume("size", amount)
  const isHeld = says(given, "buyAndHold")
  if (isHeld) understandName(given, draft, "buyAndHold")
  const stopPercent = recipeStop(draft, 50, isHeld)
  if (!conditions.exit && !hasWayOut(draft) && !isHeld) draft.assume("exit", exitOf(draft, stopPercent))
  return regularPurchase({
    markets: draft.markets,
    timeframe,
    every,
    weekday,
    hour: hour ?? -1,
    amount,
    stopPercent,
    ...conditions,
  })
}

/** What ends purchases that no rule ends: the stop, or nothing. */
function exitOf({ stop }: IdeaDraft, stopPercent: number | undefined): string {
  if (stop && "operand" in stop) return `stop ${stop.operand.value ?? stop.operand.name}`
  return stopPercent === undefined ? "–" : `stop ${stopPercent} %`
}

type Plan = Pick<RegularPurchase, "timeframe" | "every"> & Partial<Pick<RegularPurchase, "weekday">>

/** The conditions that purchases have, and on which candles: a day's, where a longer wait has one. */
export function conditionsIn(draft: IdeaDraft, plan: Plan): Plan & PurchaseConditions {
  const rules = draft.rules.filter(({ condition }) => !isOfWeekday(condition))
  // Purchases know one day of the week: several, or all but some, are named as not possible.
  for (const { condition } of draft.rules)
    if (isOfWeekday(condition) && conditionFormula(condition, "1d") !== `weekday == ${plan.weekday}`)
      draft.notPossible.push(conditionFormula(condition, "1d"))
  draft.rules.length = 0
  if (rules.length === 0) return plan
  const daily = timeframesMs[plan.timeframe] > DAY_MS ? onDays(plan) : plan
  const own = shortestOf(rules, daily.timeframe)
  const fitted = { timeframe: own, every: daily.every * Math.round(timeframesMs[daily.timeframe] / timeframesMs[own]) }
  // Candles of an hour tell only the hour of a purchase: its indicators are the day's.
  const usual = own === plan.timeframe && timeframesMs[own] < DAY_MS && plan.every > 1 ? own : daily.timeframe
  const conditions = purchaseConditions(rules, fitted.timeframe, usual)
  if (canHaveConditions({ ...conditions, timeframe: own })) {
    if (rules.some(({ condition }) => operandsOf(condition).some(isOnNoChart))) draft.assume("timeframe", usual)
    return { ...fitted, ...conditions }
  }
  for (const { condition } of rules) draft.notPossible.push(conditionFormula(condition, own))
  return plan
}

/** "The 50 week average" is on candles of a week, whatever tells the hour of a purchase. */
function unitOf({ unitMinutes = 0, numbers }: Operand): Timeframe | undefined {
  return unitMinutes * MINUTE_MS >= DAY_MS && numbers.length > 0
    ? strategyTimeframeOf(unitMinutes * MINUTE_MS)
    : undefined
}

function isOnNoChart(operand: Operand): boolean {
  return operand.name !== "number" && operand.timeframe === undefined && unitOf(operand) === undefined
}

function isOfWeekday(condition: Condition): boolean {
  return conditionFormula(condition, "1d").includes("weekday")
}

function onDays({ timeframe, every }: Plan): Plan {
  return { timeframe: "1d", every: every * Math.round(timeframesMs[timeframe] / DAY_MS) }
}

/** The shortest candles that a condition asks for. */
function shortestOf(rules: readonly DraftRule[], usual: Timeframe): Timeframe {
  const said = rules.flatMap(({ condition }) => operandsOf(condition)).flatMap(({ timeframe }) => timeframe ?? [])
  return [usual, ...said].toSorted((a, b) => timeframesMs[a] - timeframesMs[b])[0]
}

function purchaseConditions(rules: readonly DraftRule[], own: Timeframe, usual: Timeframe): PurchaseConditions {
  const onUsual = (condition: Condition) =>
    withOperands(condition, (operand) =>
      operand.name === "number" || operand.timeframe ? operand : { ...operand, timeframe: unitOf(operand) ?? usual },
    )
  const sided = rules.map(({ deed, join, condition }): DraftRule => ({
    deed: deed === "exit" ? "exit" : "enter",
    side: "long",
    join,
    condition: onUsual(condition),
  }))
  const isOnly = sided.some(({ deed }) => deed === "enter")
  const always: DraftRule = { deed: "enter", side: "long", join: "and", condition: compare("close", ">", 0) }
  const draft = Object.assign(new IdeaDraft(), {
    timeframe: own,
    stop: { kind: "none" as const },
    rules: isOnly ? sided : [always, ...sided],
  })
  const { long } = writtenDraft(draft)
  return { ...(isOnly && long && { only: long.enter }), ...(long?.exit && { exit: long.exit }) }
}
