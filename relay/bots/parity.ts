import { timeframesMs } from "#engine/candles"
import type { EquityCurve, Trade } from "#engine/result"
import { type AccountSettings, backtest, defaultAccount } from "#engine/run"
import { type Difference, differencesOf, isDecidedTheSame } from "./parity-differences.ts"
import { candlesIn, type Heard, heardBy, partsHeard, type ReplayDeps, Retelling } from "./replay.ts"

/** A live period, run again. */
export type Parity = {
  /** The bot decided as its backtest did, and the same candles and fills lead to the state it has. */
  identicalDecisions: boolean
  /** The same candles and fills lead to the state it has, to the last bit. */
  isRepeatable: boolean
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
  // Deployed by a clock that was ahead, it has decided on nothing of its own time yet.
  if (!live.rows.some((all) => all.some(([openTimeMs]) => openTimeMs >= bot.fromMs))) return undefined
  const again = await backtested(deps, heard, live)
  const refusals = await ledger.events({ botId: bot.id, kinds: ["refusal"] }, { limit: MOST_EVENTS })
  const timeframeMs = timeframesMs[strategy.timeframe]
  const isRepeatable = Buffer.compare(live.seat.run.snapshot().state, heard.state.bytes) === 0
  const { wanted, late, rejected } = live
  const told = { live: live.trades, liveHeld: live.held(), wanted, late, rejected }
  const differences = differencesOf({ ...told, again: again.trades, againHeld: again.held, refusals, timeframeMs })
  return {
    identicalDecisions: isRepeatable && isDecidedTheSame(differences),
    isRepeatable,
    differences,
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
  const isOpen = ({ exitReason }: Trade) => exitReason === "endOfData"
  return { trades: trades.filter((trade) => !isOpen(trade)), held: trades.filter(isOpen), equity }
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
