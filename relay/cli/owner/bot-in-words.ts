import { isoTime } from "#engine/candles"
import type { BotView, ViewedPosition } from "../../bots/bot-view.ts"

/** A bot on one line of a list. */
export function botLine({ id, status, pnlToday, pnlTotal, markets, name, exchange }: BotView): string {
  return `${id}  ${status.padEnd(8)}  ${(exchange ?? "").padEnd(8)}  today ${signed(pnlToday)}, in all ${signed(pnlTotal)}  ${markets.join(",")}  ${name}\n`
}

const exchangeWords: Record<NonNullable<BotView["exchange"]> | "unknown", string> = {
  real: "real",
  testnet: "of the exchange's testnet: nothing is real",
  practice: "made up: nothing is real",
  paper: "paper: real prices, no real orders",
  "stand-in": "a program on this computer stands in for the exchange: nothing is real",
  unknown: "its account is not there any more",
}

/** Everything an owner asks of a bot, in a few lines. */
export function botInWords(bot: BotView): string {
  const { status, haltedBecause, positions, heartbeatMs, nextDecisionMs, lastReason } = bot
  const lines = [
    `${bot.name} (${bot.id}) is ${status}${haltedBecause === null ? "" : `: ${haltedBecause}`}`,
    ...(bot.exchange === "real" ? [] : [`  money          ${exchangeWords[bot.exchange ?? "unknown"]}`]),
    `  markets        ${bot.markets.join(", ")}, every ${bot.timeframe}`,
    `  worth          ${bot.equity} of ${bot.cash} at the start: today ${signed(bot.pnlToday)}, in all ${signed(bot.pnlTotal)}`,
    ...positions.map(positionLine),
    ...bot.dangers.map(({ because }) => `  careful        ${because}`),
    ...bot.notes.map((words) => `  note           ${words}`),
    `  was seen       ${heartbeatMs === null ? "not yet: no relay runs it, or its exchange does not answer" : isoTime(heartbeatMs)}`,
    ...(nextDecisionMs === null ? [] : [`  decides next   ${isoTime(nextDecisionMs)}`]),
    ...(lastReason === "" ? [] : [`  last           ${lastReason}`]),
  ]
  return `${lines.join("\n")}\n`
}

function positionLine({
  market,
  quantity,
  entryPrice,
  price,
  stopPrice,
  targetPrice,
  unrealised,
}: ViewedPosition): string {
  const stop = stopPrice === null ? "WITHOUT A STOP" : `stop ${stopPrice}`
  const target = targetPrice === null ? "" : `, target ${targetPrice}`
  return `  holds          ${quantity} ${market} from ${entryPrice}, now ${price} (${signed(unrealised)}); ${stop}${target}`
}

function signed(amount: string): string {
  return amount.startsWith("-") ? amount : `+${amount}`
}

/** How a bot's live time compares with the same candles run again. */
export type ParityView = {
  identicalDecisions: boolean
  differences: { what: string; because: string; costQuote: string }[]
}

export function parityInWords({ identicalDecisions, differences }: ParityView): string {
  const same = `Its decisions are ${identicalDecisions ? "the backtest's" : "not all the backtest's"}.`
  if (differences.length === 0) return `Live and backtest are the same. ${same}\n`
  const lines = differences.map(({ what, because, costQuote }) => `  ${what} (${signed(costQuote)})\n    ${because}\n`)
  return `${differences.length} differences. ${same}\n${lines.join("")}`
}
