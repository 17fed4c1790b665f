import { plainText } from "#engine/candles"
import { formatClock, formatClockSeconds, type TimeZone } from "../ui/date-format.ts"
import type { Bot } from "./bot.ts"

const MOST_NAMED = 3
/** A candle that is later than this is missing. */
const LATE_MS = 30_000

/** "BTC/USDT, ETH/USDT and 4 more". */
export function marketsOf({ markets }: Pick<Bot, "markets">): string {
  const named = markets.slice(0, MOST_NAMED).map((name) => plainText(name, 40))
  const more = markets.length - named.length
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ")
}

/** How fresh what one sees of it is: its prices, its next decision, its last sign of life. */
export function timesOf(bot: Bot, zone: TimeZone): string {
  return [pricedWords, nextWords, seenWords]
    .map((words) => words(bot, zone))
    .filter((words) => words !== "")
    .join(" ")
}

/** When it decides next, in words. */
function nextWords({ status, nextDecisionMs, heartbeatMs }: Bot, zone: TimeZone): string {
  if (status === "stopped") return "It decides nothing any more."
  if (status === "halted") return "It decides nothing until you resume it."
  if (nextDecisionMs === null) return "It has not reached its exchange yet."
  if (heartbeatMs !== null && heartbeatMs - nextDecisionMs > LATE_MS)
    return `It waits for the candle that was due at ${formatClock(nextDecisionMs, zone)}.`
  return `It decides next at ${formatClock(nextDecisionMs, zone)}.`
}

/** When the prices were that it is worth its money by. */
function pricedWords({ pricedMs }: Bot, zone: TimeZone): string {
  return pricedMs === null ? "" : `Worth by the prices of ${formatClockSeconds(pricedMs, zone)}.`
}

/** Its last sign of life. */
function seenWords({ status, heartbeatMs }: Bot, zone: TimeZone): string {
  if (status === "stopped" || heartbeatMs === null) return ""
  return `Last sign of life ${formatClockSeconds(heartbeatMs, zone)}.`
}
