import { exitWords, type ExitReason, type Trade } from "#engine/result"
import type { EntryLevel, ReportedCondition } from "#engine/run"
import { formatNumber, formatPrice, formatShort } from "../ui/number-format.ts"
import type { ReportedWhy } from "../run/why-job.ts"

export type ReportedCandle = Extract<ReportedWhy, { ok: true }>

/** What was traded while a candle ran. */
type Exited = Pick<Trade, "side" | "exitPrice"> & { exitReason: ExitReason | "byHand" | "noStop" }
export type FilledIn = {
  entered: readonly Pick<Trade, "side" | "entryPrice">[]
  exited: readonly Exited[]
}
/** Of a bot: whether what it decided at the close was refused by something beside its rules. Nothing of a backtest. */
export type Live = { isRefused: boolean }

type Filled = FilledIn & { price: (value: number) => string; live?: Live }

/** What happened at a candle and what was decided at its close, in sentences a beginner can read. */
export function whySentences(reported: ReportedCandle, { entered, exited, price, live }: Filled): string[] {
  return [
    ...exited.map((trade) => `${leftWords[trade.side]} at ${price(trade.exitPrice)}: ${exitReason(trade)}.`),
    ...entered.map(
      (trade) => `${enteredWords[trade.side]} at ${price(trade.entryPrice)}, as decided at a candle before.`,
    ),
    decisionWords(reported, price, live),
  ]
}

const leftWords = { long: "It sold in this candle", short: "It bought back in this candle" }
const enteredWords = { long: "It bought in this candle", short: "It sold short in this candle" }

function exitReason({ exitReason: reason }: Exited): string {
  if (reason === "byHand") return "sold by hand"
  if (reason === "noStop") return "sold at the market, since the exchange took no stop"
  return exitWords[reason].charAt(0).toLowerCase() + exitWords[reason].slice(1)
}

function decisionWords(reported: ReportedCandle, price: (value: number) => string, live?: Live): string {
  const { waitingEntry, waitingExit, refusals, position } = reported
  if (refusals.length > 0) return "Its rules asked for an order, but something blocked it."
  if (waitingEntry && live?.isRefused) return "At the close its rules said buy, and something beside them refused it."
  if (waitingExit && live) return "At the close it decided to close the position: the order leaves at once."
  if (waitingExit) return "At the close it decided to close the position: the next candle does it."
  if (waitingEntry) return `${entryWords(waitingEntry, price, live)}${termsWords(waitingEntry, price)}`
  if (reported.writtenAs === "code")
    return position
      ? "It held its position. What its code asked for cannot be seen from outside; what it wrote is below."
      : "It placed no order. What its code asked for cannot be seen from outside; what it wrote is below."
  return position ? heldWords(reported, position.side) : idleWords(reported)
}

type WaitingEntry = NonNullable<ReportedCandle["waitingEntry"]>

function entryWords({ side, limitPrice }: WaitingEntry, price: (value: number) => string, live?: Live): string {
  const deed = side === "long" ? "buy" : "sell short"
  if (limitPrice !== null) return `It waits to ${deed} at ${price(limitPrice)} or better.`
  return live
    ? `At the close it decided to ${deed}: the order leaves at once.`
    : `At the close it decided to ${deed}: the order is filled in the next candle.`
}

/** " It ordered it with a stop at 95.20 and targets at 110.00 and 120.00." */
function termsWords({ terms, side }: WaitingEntry, price: (value: number) => string): string {
  if (!terms) return ""
  const { stop, targets } = terms
  const [against, ahead] = side === "long" ? ["below", "above"] : ["above", "below"]
  const at = (level: EntryLevel, where: string) => {
    if ("price" in level) return `at ${price(level.price)}`
    return "percent" in level
      ? `${formatShort(level.percent)} % ${where} its price`
      : `${price(level.distance)} ${where} its price`
  }
  const places = targets.map((level) => at(level, ahead))
  const noun = places.length === 1 ? "a target" : "targets"
  const ofTargets = places.length === 0 ? "no target" : `${noun} ${places.join(", ").replace(/, ([^,]*)$/, " and $1")}`
  return ` It ordered it with ${stop ? `a stop ${at(stop, against)}` : "no stop"} and ${ofTargets}.`
}

function heldWords(candle: ReportedCandle, side: "long" | "short"): string {
  const asked = candle.conditions.filter(({ part }) => part === `${side}.exit`)
  if (asked.length === 0) return "It held its position: no rule says when to exit, only its stop and targets do."
  return `It held its position: ${missingWords(asked, candle.joins[`${side}.exit`], " to leave")}.`
}

function idleWords(reported: ReportedCandle): string {
  const sides = (["long", "short"] as const).filter((side) => reported.joins[`${side}.enter`])
  const [side] = sides.filter((each) => isAsked(reported, `${each}.enter`))
  if (side) return "Its conditions to enter were met, but no order followed: another candle or market came first."
  return sides
    .map((each) => {
      const conditions = reported.conditions.filter(({ part }) => part === `${each}.enter`)
      const what = each === "long" ? "It did not buy" : "It did not sell short"
      return `${what}: ${missingWords(conditions, reported.joins[`${each}.enter`])}.`
    })
    .join(" ")
}

function isAsked({ conditions, joins }: ReportedCandle, part: ReportedCondition["part"]): boolean {
  const own = conditions.filter((condition) => condition.part === part)
  return joins[part] === "any" ? own.some(({ met }) => met) : own.every(({ met }) => met)
}

function missingWords(conditions: readonly ReportedCondition[], join: "all" | "any" = "all", deed = ""): string {
  const missing = conditions.filter(({ met }) => !met)
  if (missing.some(({ value, asksForPosition }) => value === null && !asksForPosition))
    return "its indicators did not know enough candles yet"
  if (conditions.length === 1) return `its one condition${deed} was not met`
  if (join === "any" || missing.length === conditions.length)
    return `${conditions.length === 2 ? "neither of its 2" : `none of its ${conditions.length}`} conditions${deed} was met`
  return `${missing.length} of its ${conditions.length} conditions${deed} ${missing.length === 1 ? "was" : "were"} not met`
}

/** What the conditions of a part decide together, as the heading over them. */
export function partWords(part: ReportedCondition["part"], { joins, conditions }: ReportedCandle): string {
  const count = conditions.filter((condition) => condition.part === part).length
  const deed = {
    "long.enter": "To buy",
    "long.exit": "To sell",
    "short.enter": "To sell short",
    "short.exit": "To buy back",
  }[part]
  if (count === 1) return `${deed}, this must be so`
  return `${deed}, ${joins[part] === "any" ? "one of these is enough" : "all of these must be so"}`
}

type Values = Pick<ReportedCondition, "asksForPosition" | "value" | "operands"> & { isHeld: boolean }

/** What a condition's sides were at a candle. */
export function valueWords({ asksForPosition, isHeld, value, operands }: Values): string {
  if (asksForPosition)
    return isHeld ? "It follows the open position, candle by candle." : "It asks for an open position; there was none."
  if (operands.length === 0) return value === null ? "not known yet" : ""
  return operands.map((operand) => `${operand.words}: ${numberWords(operand.value)}`).join(" · ")
}

/** A price of 42,000 needs fewer decimals than one of 0.00042. */
function numberWords(value: number | null): string {
  if (value === null) return "not known yet"
  const size = Math.abs(value)
  return size >= 1 ? formatNumber(value, size >= 1000 ? 1 : 2) : formatPrice(value)
}
