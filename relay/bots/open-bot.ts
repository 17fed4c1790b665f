import { timeframesMs } from "#engine/candles"
import { checkStrategy } from "#engine/strategy"
import { type ClosedCandle, ExchangeUnreachable } from "../guard/exchange.ts"
import type { BotState } from "../ledger/bot-record.ts"
import { type Difference, missingIn } from "../ledger/difference.ts"
import { hasEnded } from "../ledger/own-order.ts"
import type { BotParts } from "./bot-parts.ts"
import { type Begun, type CandleRow, EngineSeat, type SeatAbout, type SeatPlan } from "./engine-seat.ts"
import { MarketDesk } from "./market-desk.ts"
import { MarketFacts } from "./market-facts.ts"
import { OpenedBot } from "./opened-bot.ts"
import { OwnOrders } from "./own-orders.ts"
import type { MarketWants } from "./wants.ts"

const MOST_WARM_CANDLES = 2_000
const LEAST_WARM_CANDLES = 60

/** Opens a bot from the disk: after its deployment, a restart or a crash alike. */
export async function openBot(parts: BotParts): Promise<OpenedBot> {
  const { bot, ledger, account } = parts
  const rules = await account.markets(bot.markets)
  const desks = bot.markets.map((name, n) => new MarketDesk(n, name, new MarketFacts(rules[n])))
  const state = await ledger.state(bot.id)
  const begun = state ? await goOn(parts, state, desks) : await begin(parts, desks)
  const open = await ledger.openOrders(bot.id)
  const orders = new OwnOrders(open, await ledger.fillsOf(open.map(({ clientOrderId }) => clientOrderId)))
  for (const difference of await ledger.differences({ botId: bot.id })) desksKnow(desks, difference)
  // What was heard of them before may be old: the exchange is asked about each.
  for (const order of orders.all) if (!hasEnded(order)) orders.change(order, { status: "unknown" })
  const opened = new OpenedBot(parts, { ...begun, desks, orders })
  const [last] = await ledger.events({ botId: bot.id }, { limit: 1 })
  opened.lastReason = last?.words ?? ""
  if (begun.begun) await opened.step([], { begun: begun.begun })
  return opened
}

function desksKnow(desks: readonly MarketDesk[], difference: Difference): void {
  const desk = desks.find(({ name }) => name === difference.market)
  if (desk) Object.assign(desk, { difference, missing: missingIn(difference) })
}

async function goOn(parts: BotParts, state: BotState, desks: MarketDesk[]) {
  const seat = await EngineSeat.goOn(planOf(parts, desks), state)
  const { closes, extra } = state.about as SeatAbout
  const { wants } = extra as { wants: MarketWants[] }
  desks.forEach((desk, n) => {
    desk.wants = wants[n]
    desk.price = closes[n].close
  })
  return { seat, closes, begun: undefined }
}

/** With the candles before the first that it decides on. */
async function begin(parts: BotParts, desks: MarketDesk[]) {
  const warm = await Promise.all(desks.map((desk) => warmUp(parts, desk.name)))
  const plan = planOf(parts, desks)
  const seat = await EngineSeat.begin(plan, warm)
  const closes = warm.map((rows) => ({ openTimeMs: rows.at(-1)![0], close: rows.at(-1)![4] }))
  desks.forEach((desk, n) => (desk.price = closes[n].close))
  const begun: Begun = { begun: { warm, rules: plan.rules } }
  return { seat, closes, begun }
}

function planOf({ bot, strategy, engine }: BotParts, desks: readonly MarketDesk[]): SeatPlan {
  const { params, cash, markets, fromMs } = bot
  return { engine, strategy, params, cash: Number(cash), markets, fromMs, rules: desks.map(({ facts }) => facts.rules) }
}

async function warmUp({ bot, strategy, account }: BotParts, market: string): Promise<CandleRow[]> {
  const { timeframe } = strategy
  const timeframeMs = timeframesMs[timeframe]
  const limit = warmCandles({ bot, strategy })
  const rows: CandleRow[] = []
  let fromMs = bot.fromMs - limit * timeframeMs
  while (fromMs < bot.fromMs) {
    const page = await account.exchange.closedCandles({ market, timeframe, fromMs, limit })
    const before = page.filter(({ openTimeMs }) => openTimeMs >= fromMs && openTimeMs < bot.fromMs)
    if (before.length === 0) break
    rows.push(...before.map(rowOf))
    fromMs = before.at(-1)!.openTimeMs + timeframeMs
  }
  if (rows.length === 0) throw new ExchangeUnreachable(`There are no candles of ${market} yet.`, "no-answer")
  return rows
}

/** So many that its indicators are settled, or as good as. */
function warmCandles({ bot, strategy }: Pick<BotParts, "bot" | "strategy">): number {
  const checked = checkStrategy(strategy, { params: bot.params })
  const { readyAfterCandles = 500, settledAfterCandles = "never" } =
    (checked.ok ? checked.report.warmUp : undefined) ?? {}
  const wanted = settledAfterCandles === "never" ? readyAfterCandles * 4 : settledAfterCandles
  return Math.min(MOST_WARM_CANDLES, Math.max(LEAST_WARM_CANDLES, wanted + 2))
}

function rowOf({ openTimeMs, open, high, low, close, volume }: ClosedCandle): CandleRow {
  return [openTimeMs, Number(open), Number(high), Number(low), Number(close), Number(volume)]
}
