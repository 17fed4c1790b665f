import { timeframesMs } from "#engine/candles"
import type { EquityCurve, Trade } from "#engine/result"
import { type AccountSettings, backtest, defaultAccount } from "#engine/run"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { LiveTrade } from "../ledger/step.ts"
import { amount } from "./bot-view.ts"
import { candlesIn, type Heard, heardBy, partsHeard, type ReplayDeps, Retelling } from "./replay.ts"

/** One way in which a bot's trades are not those of its backtest. */
export type Difference = { what: string; because: string; costQuote: string }

/** A live period, run again. */
export type Parity = {
  /** The same candles and fills make the same decisions, to the last bit. */
  identicalDecisions: boolean
  differences: Difference[]
  trades: { live: number; backtest: number }
  /** How many closes it has decided on. */
  candles: number
  /** What the backtest was worth at closed candles, thinned; the newest first. Quote currency. */
  backtestEquity: { atMs: number; equity: number }[]
}

const MOST_EVENTS = 2_000
/** A picture has no more places. */
const MOST_POINTS = 400

/**
 * Runs a bot's period again twice: with what its engine heard, which must lead to the state it has, and as a backtest
 * over the same candles, whose differences are named with their cost. Undefined while there is nothing to run again, or
 * too much of it.
 */
export async function parityOf(deps: ReplayDeps): Promise<Parity | undefined> {
  const { bot, strategy, ledger } = deps
  const heard = await heardBy(deps)
  if (heard === undefined) return undefined
  const live = await Retelling.begin(deps, heard)
  for await (const inputs of partsHeard(deps, heard)) live.tell(inputs)
  const again = await backtested(deps, heard, live)
  const refusals = await ledger.events({ botId: bot.id, kinds: ["refusal"] }, { limit: MOST_EVENTS })
  const timeframeMs = timeframesMs[strategy.timeframe]
  return {
    identicalDecisions: Buffer.compare(live.seat.run.snapshot().state, heard.state.bytes) === 0,
    differences: differencesOf({ live: live.trades, again: again.trades, refusals, timeframeMs }),
    trades: { live: live.trades.length, backtest: again.trades.length },
    candles: closesIn(live, heard).size,
    backtestEquity: curveOf(again.equity, { fromMs: bot.fromMs, timeframeMs }),
  }
}

/** The open times of the candles it has decided on, in whichever market. */
function closesIn({ rows }: Retelling, { begun: { warm } }: Heard): Set<number> {
  return new Set(rows.flatMap((all, n) => all.slice(warm[n].length).map(([openTimeMs]) => openTimeMs)))
}

async function backtested(
  { bot, strategy, engine }: ReplayDeps,
  { begun: { rules } }: Heard,
  { rows }: Pick<Retelling, "rows">,
) {
  const account: AccountSettings = { ...defaultAccount, cash: Number(bot.cash), feeFrom: "received", ...rules[0] }
  const run = await backtest(engine, {
    strategy,
    params: bot.params,
    markets: bot.markets.map((market, n) => ({
      market,
      candles: candlesIn(rows[n], strategy),
      priceTick: rules[n].priceTick,
    })),
    account,
    fromMs: bot.fromMs,
  })
  if (!run.ok) throw new Error(run.problems[0].because)
  const { trades, equity } = run.result
  // A position that is still open is no trade of the bot yet.
  return { trades: trades.filter(({ exitReason }) => exitReason !== "endOfData"), equity }
}

/** At the closes since the bot began, evenly spread where there are many; the newest first. */
function curveOf(
  { openTimeMs, equity }: EquityCurve,
  { fromMs, timeframeMs }: { fromMs: number; timeframeMs: number },
) {
  const first = openTimeMs.findIndex((timeMs) => timeMs >= fromMs)
  const count = first < 0 ? 0 : openTimeMs.length - first
  const stride = Math.max(1, Math.ceil(count / (MOST_POINTS - 1)))
  const places = Array.from({ length: count }, (_, n) => openTimeMs.length - 1 - n)
  return places
    .filter((at, n) => n % stride === 0 || at === first)
    .map((at) => ({ atMs: openTimeMs[at] + timeframeMs, equity: equity[at] }))
}

type Compared = {
  live: readonly LiveTrade[]
  again: readonly Trade[]
  refusals: readonly BotEvent[]
  timeframeMs: number
}

/** What a trade made of its money. Coins too small to sell stay with the bot, so they are no part of it. */
function earnedBy({ quantity, entryPrice, exitPrice, feesPaid }: Omit<LiveTrade, "exitReason">): number {
  return (exitPrice - entryPrice) * quantity - feesPaid
}

/** Trades of both that began in the same candle belong together. */
export function differencesOf({ live, again, refusals, timeframeMs }: Compared): Difference[] {
  const nameOf = ({ market, entryTimeMs }: Pick<Trade, "market" | "entryTimeMs">) =>
    `${market} ${Math.floor(entryTimeMs / timeframeMs)}`
  const lived = new Map(live.map((trade) => [nameOf(trade), trade]))
  const tested = new Map(again.map((trade) => [nameOf(trade), trade]))
  const refusedBy = new Map(refusals.map(({ about }) => refusalIn(about, nameOf)))
  return [
    ...again.flatMap((trade) => {
      const own = lived.get(nameOf(trade))
      return own ? priced(own, trade) : [missed(trade, refusedBy.get(nameOf(trade)))]
    }),
    ...live.filter((trade) => !tested.has(nameOf(trade))).map(extra),
  ]
}

function refusalIn(about: object | undefined, nameOf: (of: Pick<Trade, "market" | "entryTimeMs">) => string) {
  const { market = "", because = "", decidedMs = NaN } = (about ?? {}) as Record<string, never>
  return [nameOf({ market, entryTimeMs: decidedMs }), because as string] as const
}

/** The same trade at other prices. */
function priced(own: LiveTrade, trade: Trade): Difference[] {
  const cost = earnedBy(trade) - earnedBy(own)
  if (Math.abs(cost) < 1e-9) return []
  const parts = [
    part("bought", own.entryPrice, trade.entryPrice),
    part("sold", own.exitPrice, trade.exitPrice),
    own.exitReason === trade.exitReason ? "" : `ended by ${own.exitReason}, not by ${trade.exitReason}`,
    own.quantity === trade.quantity ? "" : `${amount(own.quantity)} instead of ${amount(trade.quantity)}`,
    own.feesPaid === trade.feesPaid ? "" : `fees of ${amount(own.feesPaid)} instead of ${amount(trade.feesPaid)}`,
  ].filter((text) => text !== "")
  return [{ what: `${at(trade)}: ${parts.join(", ")}`, because: WHY_PRICED, costQuote: amount(cost) }]
}

const WHY_PRICED =
  "the exchange filled at its own prices and moments, by the size that the close had decided; the backtest fills at the next candle's open"

function part(what: string, own: number, other: number): string {
  return own === other ? "" : `${what} at ${amount(own)} instead of ${amount(other)}`
}

function missed(trade: Trade, because: string | undefined): Difference {
  return {
    what: `${at(trade)}: the backtest traded, the bot did not`,
    because: because ?? "its order did not fill, or a position from before was still there",
    costQuote: amount(earnedBy(trade)),
  }
}

function extra(trade: LiveTrade): Difference {
  return {
    what: `${at(trade)}: the bot traded, the backtest did not`,
    because: "a difference before it left the bot with other cash, or without the position that the backtest had",
    costQuote: amount(-earnedBy(trade)),
  }
}

function at({ market, entryTimeMs }: Pick<Trade, "market" | "entryTimeMs">): string {
  return `${market}, ${new Date(entryTimeMs).toISOString().slice(0, 16).replace("T", " ")}`
}
