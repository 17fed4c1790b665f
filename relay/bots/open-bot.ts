import { isDeepStrictEqual } from "node:util"
import { timeframesMs } from "#engine/candles"
import { checkStrategy } from "#engine/strategy"
import type { Market } from "../exchange/exchange.ts"
import { type ClosedCandle, ExchangeUnreachable } from "../guard/exchange.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { BotState } from "../ledger/bot-record.ts"
import { type Difference, missingIn } from "../ledger/difference.ts"
import { hasEnded, type OwnOrder } from "../ledger/own-order.ts"
import type { BotParts } from "./bot-parts.ts"
import { carryOver } from "./carry-over.ts"
import { type BotInput, type CandleRow, EngineSeat, type SeatAbout, type SeatPlan } from "./engine-seat.ts"
import { MarketDesk } from "./market-desk.ts"
import { MarketFacts } from "./market-facts.ts"
import { goneMarket, goneWords, MarketGone } from "./market-gone.ts"
import { type Brought, OpenedBot } from "./opened-bot.ts"
import { ruleEvents } from "./rule-changes.ts"
import { OwnOrders } from "./own-orders.ts"
import type { MarketWants } from "./wants.ts"

const MOST_WARM_CANDLES = 2_000
const LEAST_WARM_CANDLES = 60
/** What was said before that it knows of, events. */
const MOST_RECALLED = 100

/** Opens a bot from the disk: after its deployment, a restart, a crash or an update alike; not where the relay ends meanwhile. */
export async function openBot(parts: BotParts, isOver: () => boolean): Promise<OpenedBot> {
  const { bot, ledger, account } = parts
  const state = await ledger.state(bot.id)
  const desks = desksOf(parts, await account.listed(), state)
  const open = await ledger.openOrders(bot.id)
  const begun = state ? await goOn(parts, { state, desks, orders: open }, isOver) : await begin(parts, desks)
  const fills = await ledger.fillsOf(open.map(({ clientOrderId }) => clientOrderId))
  const orders = new OwnOrders(open, fills, await ledger.leastTaken(bot.id))
  const unlooked = await ledger.marketsSinceBackup(bot)
  for (const desk of desks) desk.isBeforeLook = unlooked.has(desk.name) && !desk.isGone
  for (const difference of await ledger.differences({ botId: bot.id })) desksKnow(desks, difference)
  // What was heard of them before may be old: the exchange is asked about each.
  for (const order of orders.all) if (!hasEnded(order)) orders.change(order, { status: "unknown" })
  const opened = new OpenedBot(parts, { ...begun, desks, orders })
  opened.recall(await ledger.events({ botId: bot.id }, { limit: MOST_RECALLED }))
  const news = newRules(opened)
  const parked = parkedIn(state)
  const events = [...(begun.first?.events ?? []), ...opened.park(parked), ...newRuleEvents(opened)]
  const isNews = news.length > 0 || events.length > 0 || !isDeepStrictEqual(parked, opened.parked)
  if (begun.first || isNews) await opened.step(news, { ...begun.first, events })
  return opened
}

/** One for each market; those that the exchange lists no longer by what was last known of them. Throws `MarketGone` where nothing was. */
function desksOf({ bot, account }: BotParts, listed: readonly Market[], state: BotState | undefined): MarketDesk[] {
  const { rules } = (state?.about ?? {}) as Partial<SeatAbout>
  return bot.markets.map((name, n) => {
    const market = listed.find((one) => one.name === name)
    const known = market ?? (rules && goneMarket(name, rules[n]))
    if (known === undefined) throw new MarketGone(goneWords(account.exchange.name, name))
    return new MarketDesk(n, name, new MarketFacts(known), market === undefined)
  })
}

/** Markets that were parked when it was last kept. */
function parkedIn(state: BotState | undefined): readonly string[] {
  const { extra } = (state?.about ?? {}) as Partial<SeatAbout>
  return (extra as { parked?: string[] } | undefined)?.parked ?? []
}

/** Of markets whose rules have changed while it was away: an input like any other, or a replay would not know of them. */
function newRules({ seat, desks }: OpenedBot): BotInput[] {
  return desks
    .filter(({ facts, index }) => !isDeepStrictEqual(facts.rules, seat.rules[index]))
    .map(({ facts, index }) => ({ rules: facts.rules, market: index }))
}

/** What of that is news to the owner; the smallest quantity is nothing that the engine has kept. */
function newRuleEvents({ seat, desks }: OpenedBot): NewEvent[] {
  return desks.flatMap(({ name, facts, index }) => {
    const { minQuantity } = facts.market
    return ruleEvents(new MarketFacts({ ...goneMarket(name, seat.rules[index]), minQuantity }), facts)
  })
}

function desksKnow(desks: readonly MarketDesk[], difference: Difference): void {
  const desk = desks.find(({ name }) => name === difference.market)
  if (desk) Object.assign(desk, { difference, missing: missingIn(difference) })
}

type Kept = { state: BotState; desks: MarketDesk[]; orders: readonly OwnOrder[] }

/** `first`: what is kept before anything else follows; nothing where it simply goes on. */
type Begin = { seat: EngineSeat; closes: SeatAbout["closes"]; first?: Brought }

async function goOn(parts: BotParts, kept: Kept, isOver: () => boolean): Promise<Begin> {
  const { state, desks } = kept
  const plan = planOf(parts, desks)
  const { closes, extra } = state.about as SeatAbout
  const gone = await EngineSeat.goOn(plan, state)
  const carried = gone.ok ? undefined : await carryOver(parts, plan, { ...kept, because: gone.because }, isOver)
  const { wants } = carried ?? (extra as { wants: MarketWants[] })
  desks.forEach((desk, n) => {
    desk.wants = wants[n]
    desk.price = closes[n].close
  })
  return { seat: gone.ok ? gone.seat : carried!.seat, closes, first: carried && { events: carried.events } }
}

/** With the candles before the first that it decides on. */
async function begin(parts: BotParts, desks: MarketDesk[]): Promise<Begin> {
  const warm = await Promise.all(desks.map((desk) => warmUp(parts, desk.name)))
  const plan = planOf(parts, desks)
  const seat = await EngineSeat.begin(plan, warm)
  const closes = warm.map((rows) => ({ openTimeMs: rows.at(-1)![0], close: rows.at(-1)![4] }))
  desks.forEach((desk, n) => (desk.price = closes[n].close))
  return { seat, closes, first: { begun: { begun: { warm, rules: plan.rules } } } }
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
