import { MINUTE_MS, type Timeframe, timeframesMs } from "../candles/timeframe.ts"
import type { DraftRule, IdeaDraft, SideName } from "./idea-draft.ts"
import { turnExits } from "./exit-levels.ts"
import { type Condition, mirrored, negated, operandsOf } from "./reading/condition.ts"
import { isAverage } from "./reading/operand.ts"
import { isOscillator } from "./reading/mirror.ts"

/** Fills in what was not said, and names each of it; the timeframe is known. */
export function completeDraft(draft: IdeaDraft) {
  const isAway = draft.stop && "awayQuote" in draft.stop
  if (draft.bothSides && (isAway || draft.targets.some(({ awayQuote }) => awayQuote !== undefined))) draft.ask("stop")
  completeMoney(draft)
  completeSides(draft)
  completeMarkets(draft)
  completeProtection(draft)
  completeSize(draft)
  completeLimits(draft)
  completeOrder(draft)
}

export function rulesOf(draft: IdeaDraft, deed: DraftRule["deed"], side: SideName): DraftRule[] {
  return draft.rules.filter((rule) => rule.deed === deed && (rule.side ?? side) === side)
}

/** Rules without a side belong to the side that is traded; the other side mirrors it where both are wanted. */
function completeSides(draft: IdeaDraft) {
  const usual: SideName = draft.wantsShort && !hasEntry(draft, "long") ? "short" : "long"
  for (const rule of draft.rules) {
    if (rule.deed !== "enter" || rule.side) continue
    rule.side = usual
    if (isFlip(rule.condition) && !draft.wantsShort && !draft.bothSides) draft.assume("side", usual)
  }
  turnExits(draft)
  if (draft.noShort) dropSide(draft, "short")
  if (draft.bothSides) mirrorSides(draft)
  for (const rule of draft.rules) if (rule.deed === "exit" && !rule.side && !bothTraded(draft)) rule.side = usual
  completeExits(draft)
}

/** A Supertrend turns to either side. */
function isFlip(condition: Condition): boolean {
  return condition.kind === "compare" && condition.left.name === "supertrend"
}

function hasEntry(draft: IdeaDraft, side: SideName): boolean {
  return draft.rules.some((rule) => rule.deed === "enter" && rule.side === side)
}

function bothTraded(draft: IdeaDraft): boolean {
  return hasEntry(draft, "long") && hasEntry(draft, "short")
}

function dropSide(draft: IdeaDraft, side: SideName) {
  const kept = draft.rules.filter((rule) => rule.side !== side)
  draft.rules.splice(0, Infinity, ...kept)
}

function mirrorSides(draft: IdeaDraft) {
  const [from, to]: SideName[] = hasEntry(draft, "long") ? ["long", "short"] : ["short", "long"]
  if (hasEntry(draft, to)) return
  const copies = draft.rules
    .filter((rule) => rule.side === from)
    .map((rule) => ({ ...rule, side: to, condition: mirrored(rule.condition) }))
  draft.rules.push(...copies)
  for (const { condition } of copies.filter(({ deed }) => deed === "enter")) draft.assume("mirror", "", condition)
}

/** Leaves where the other side enters, or where the entry turns round; where nothing else closes a position. */
function completeExits(draft: IdeaDraft) {
  for (const side of ["long", "short"] as const) {
    if (!hasEntry(draft, side) || rulesOf(draft, "exit", side).length > 0) continue
    const other = side === "long" ? "short" : "long"
    if (hasEntry(draft, other)) {
      for (const rule of rulesOf(draft, "enter", other)) draft.rules.push({ ...rule, deed: "exit", side })
    } else if (draft.exitsOpposite) addOpposite(draft, side)
    else if (!hasWayOut(draft)) assumeWayOut(draft, side)
  }
}

function addOpposite(draft: IdeaDraft, side: SideName) {
  const entries = rulesOf(draft, "enter", side).map(({ condition }) => condition)
  const turning = entries.filter(isTurning)
  for (const condition of turning.length > 0 ? turning : entries)
    draft.rules.push({ deed: "exit", side, join: "or", condition: oppositeOf(condition) })
}

/** What an entry turns into: a value without a direction crosses its line back. */
function oppositeOf(condition: Condition): Condition {
  const other = mirrored(condition)
  if (condition.kind !== "compare" || JSON.stringify(other) !== JSON.stringify(condition)) return other
  const { relation } = condition
  if (relation === "crossover" || relation === "crossunder")
    return { ...condition, relation: relation === "crossover" ? "crossunder" : "crossover" }
  return negated(condition)
}

function isTurning(condition: Condition): boolean {
  return condition.kind === "compare" && (condition.relation === "crossover" || condition.relation === "crossunder")
}

/** Whether something besides a rule and the stop closes a position. */
export function hasWayOut({ targets, trailing, roi, timeStop }: IdeaDraft): boolean {
  return targets.length > 0 || trailing !== undefined || roi.length > 0 || timeStop !== undefined
}

/** A crossing of lines is left when they cross back; anything else at twice the stop. */
function assumeWayOut(draft: IdeaDraft, side: SideName) {
  const lines = rulesOf(draft, "enter", side)
    .map(({ condition }) => condition)
    .filter((condition) => isTurning(condition) && isOfLines(condition))
  if (lines.length > 0) {
    for (const condition of lines)
      draft.rules.push({ deed: "exit", side, join: "or", condition: oppositeOf(condition) })
    return draft.assume("exit", "opposite")
  }
  if (draft.isHeld) return
  if (draft.hasNoTarget) return draft.assume("exit", "stop")
  if (draft.stop && "kind" in draft.stop && draft.stop.kind === "none") {
    const percent = 2 * usualStopPercent(draft.timeframe!)
    draft.targets.push({ percent })
    return draft.assume("exit", `+${percent} %`)
  }
  draft.targets.push({ reward: 2 })
  draft.assume("exit", "target")
}

function isOfLines(condition: Condition): boolean {
  return (
    operandsOf(condition).every((operand) => operand.name !== "number" || !isOscillator(operand.name)) &&
    operandsOf(condition).some(
      (operand) =>
        isAverage(operand) || operand.name === "macd" || operand.name === "supertrend" || operand.name === "ichimoku",
    )
  )
}

function completeMarkets(draft: IdeaDraft) {
  if (draft.markets.length > 0) return
  draft.markets = ["BTC/USDT"]
  draft.assume("market", "BTC/USDT")
}

/** A stop as wide as candles of this length usually need. */
export function usualStopPercent(timeframe: Timeframe): number {
  const hours = timeframesMs[timeframe] / (60 * MINUTE_MS)
  if (hours < 4) return 2
  if (hours < 24) return 4
  return hours < 168 ? 8 : 15
}

function completeAdds(draft: IdeaDraft) {
  const { add } = draft
  if (!add) return
  if (add.maxTimes === undefined) {
    add.maxTimes = 3
    draft.assume("steps", "3")
  }
  if (add.everyDropPercent === undefined) {
    add.everyDropPercent = 3
    draft.assume("steps", "3 %")
  }
}

function completeProtection(draft: IdeaDraft) {
  completeAdds(draft)
  if (draft.stop === undefined && draft.isHeld) {
    draft.stop = { kind: "none" }
    draft.assume("stop", "–")
  }
  if (draft.stop === undefined) {
    const percent = Math.max(usualStopPercent(draft.timeframe!), deepestAddPercent(draft))
    draft.stop = { kind: "percent", percent }
    draft.assume("stop", `${percent} %`)
  }
  completeFollowing(draft)
}

/** How far a trailing stop follows, and when one goes to the entry. */
export function completeFollowing(draft: IdeaDraft) {
  if (draft.trailing && draft.trailing.percent === undefined) {
    draft.trailing.percent = 3
    draft.assume("trailing", "3 %")
  }
  if (draft.breakEven) completeBreakEven(draft, draft.breakEven)
}

/** Below the last further purchase, with as much room again as half the way there. */
function deepestAddPercent({ add }: IdeaDraft): number {
  return add ? Math.min(90, Math.ceil(add.maxTimes! * add.everyDropPercent! * 1.5)) : 0
}

function completeBreakEven(draft: IdeaDraft, breakEven: NonNullable<IdeaDraft["breakEven"]>) {
  if (breakEven.atPercent === undefined) {
    const stop = draft.stop && "kind" in draft.stop && draft.stop.kind === "percent" ? Number(draft.stop.percent) : 2
    breakEven.atPercent = stop * (breakEven.atReward ?? 1)
    draft.assume("breakEven", `${breakEven.atPercent} %`)
  }
  if (breakEven.plusPercent === undefined) {
    breakEven.plusPercent = 0.2
    draft.assume("plus", "0.2 %")
  }
}

const USUAL_BALANCE = 100

/** "A stop of $5, $100 a trade": so far away that so much of the amount is lost. */
function riskOfAmount(draft: IdeaDraft, amount: number) {
  const percent = Number(((100 * draft.riskQuote!) / amount).toPrecision(4))
  const { stop } = draft
  const isOther = stop && !("kind" in stop && stop.kind === "percent" && Number(stop.percent) === percent)
  if (isOther || percent >= 100) return draft.ask("size")
  draft.stop = { kind: "percent", percent }
  draft.assume("stop", `${percent} % × ${amount} = ${draft.riskQuote}`)
}

/** Losses that were said in money, as shares of what the account holds. */
export function completeMoney(draft: IdeaDraft) {
  completeTarget(draft)
  if (draft.riskQuote !== undefined && draft.size?.kind === "quote") riskOfAmount(draft, Number(draft.size.amount))
  else if (draft.riskQuote !== undefined) {
    const balance = assumedBalance(draft)
    // Nobody means to lose the account with one trade.
    if (draft.riskQuote >= balance / 2) return draft.ask("size")
    const percent = shareOf(draft.riskQuote, balance)
    draft.size = { kind: "risk", percent }
    draft.assume("riskMoney", `${percent} % × ${balance} = ${draft.riskQuote}`)
  }
  if (draft.dailyLossQuote !== undefined) {
    const balance = assumedBalance(draft)
    const percent = shareOf(draft.dailyLossQuote, balance)
    draft.limits.dailyLossPercent = percent
    draft.assume("dailyLoss", `${percent} % × ${balance} = ${draft.dailyLossQuote}`)
  }
}

/** "Stop $5, take profit $10": twice the risk. Without a risk in money nobody knows which price that is. */
function completeTarget(draft: IdeaDraft) {
  const { targetQuote, riskQuote } = draft
  if (targetQuote === undefined) return
  if (riskQuote === undefined) return void draft.notPossible.push(`target ${targetQuote}`)
  const reward = Number((targetQuote / riskQuote).toPrecision(4))
  if (!draft.targets.some((target) => target.reward === reward)) draft.targets.push({ reward })
  draft.assume("target", `${targetQuote} / ${riskQuote} = ${reward} × risk`)
}

function shareOf(amount: number, balance: number): number {
  return Math.min(100, Number(((amount / balance) * 100).toPrecision(6)))
}

function completeSize(draft: IdeaDraft) {
  const hasStop = draft.stop !== undefined && !("kind" in draft.stop && draft.stop.kind === "none")
  if (!draft.size) {
    draft.size = hasStop ? { kind: "risk", percent: 1 } : { kind: "equity", percent: draft.mostOfAccountPercent ?? 10 }
    draft.assume("size", draft.size.kind === "risk" ? "risk 1 %" : `${draft.mostOfAccountPercent ?? 10} %`)
  }
  if (draft.size.kind === "risk" && !hasStop) {
    draft.size = { kind: "equity", percent: draft.size.percent }
    draft.assume("riskWithoutStop", `${String(draft.size.percent)} %`)
  }
  if (draft.size.kind === "risk") draft.size = { ...draft.size, maxPositionPercent: draft.mostOfAccountPercent ?? 50 }
}

/** What the account holds: said, shown, or the usual hundred. */
function assumedBalance(draft: IdeaDraft): number {
  if (draft.balanceQuote === undefined) {
    draft.balanceQuote = USUAL_BALANCE
    draft.assume("balance", USUAL_BALANCE)
  }
  return draft.balanceQuote
}

/** Pauses and trades a day as candles to wait; the timeframe is known. */
export function completeLimits(draft: IdeaDraft) {
  const minutes = timeframesMs[draft.timeframe!] / MINUTE_MS
  if (draft.cooldown) draft.limits.cooldownCandles = candlesOf(draft.cooldown, minutes)
  if (draft.tradesPerDay !== undefined) {
    const wait = Math.max(1, Math.ceil((draft.tradeDays * 1_440) / minutes / draft.tradesPerDay))
    draft.limits.cooldownCandles = Math.max(Number(draft.limits.cooldownCandles ?? 0), wait)
    draft.assume(
      "tradesPerDay",
      `${draft.tradesPerDay}${draft.tradeDays > 1 ? ` / ${draft.tradeDays} d` : ""} → ${wait}`,
    )
  }
}

/** A length of time in candles, at least one. */
export function candlesOf(span: { candles: number } | { minutes: number }, candleMinutes: number): number {
  return Math.max(1, Math.round("candles" in span ? span.candles : span.minutes / candleMinutes))
}

/** An order that waits: how far away and how long, where that was not said; the timeframe is known. */
export function completeOrder(draft: IdeaDraft) {
  const { order, timeframe } = draft
  if (!order) return
  const parts = [
    ...(order.offsetPercent === undefined ? ["0 %"] : []),
    ...(order.expire === undefined ? [`1 × ${timeframe!}`] : []),
  ]
  if (parts.length > 0) draft.assume("order", parts.join(", "))
}
