import { ASK_AGAIN_MS } from "../../exchange/ccxt/patience.ts"
import type { LogEntry } from "../../exchange/simulated/event-log.ts"
import type { EventAbout } from "../../ledger/bot-event.ts"
import type { Verdict } from "../testing/judge.ts"
import { judge } from "../testing/judge.ts"
import { beingLookedFor, byHandProblems, givenUpWhenSold } from "./by-hand-sales.ts"
import type { Place } from "./simulated-relay.ts"
import { strategies } from "./strategies.ts"
import { fenceMsAt } from "./story-venue.ts"
import { type Story, startMs } from "./story.ts"
import { unbookedFills } from "./unbooked-fills.ts"

/** Longest time without a stop when something is wrong, and when nothing is. */
const MOST_UNPROTECTED_MS = 30_000
const MOST_CALM_UNPROTECTED_MS = 2_000

const LARGEST_FEE = 0.0011

export type Rows = Awaited<ReturnType<typeof rowsOf>>

/** Everything that a story may not have left behind, in words; none is right. Times without a stop besides. */
export async function findings(
  place: Place,
  {
    bugs,
    isFinished,
    excused,
    killed,
    paused,
  }: {
    bugs: unknown[]
    isFinished: boolean
    excused: [number, number][]
    killed: [number, number][]
    paused: { bot: string; fromMs: number; toMs: number }[]
  },
): Promise<{ problems: string[]; longestUnprotectedMs: number; verdict: Verdict }> {
  const { opened, story } = place
  const { entries } = opened.exchange.log
  const rows = await rowsOf(place)
  const fenceMs = fenceMsAt(story.venue)
  const terms = {
    dust: dustOf(place),
    step: stepOf(place),
    writtenOff: [...rows.writtenOff, ...givenUpWhenSold(entries, rows.settled)].sort((a, b) => a.atMs - b.atMs),
  }
  const verdict = judge(entries, { ...terms, holderOf: holderOf(rows, story, () => true) })
  const stopped = judge(entries, {
    ...terms,
    holderOf: holderOf(rows, story, hasStop),
    isWholeLog: true,
    excused: [...excused, ...unanswered(entries), ...hopeless(entries, fenceMs), ...beingLookedFor(entries, fenceMs)],
  })
  const { longestUnprotectedMs, unprotectedFromMs } = stopped
  const most = story.isCalm ? MOST_CALM_UNPROTECTED_MS : MOST_UNPROTECTED_MS
  const problems = [
    ...verdict.doubles.map((id) => `I2: the id ${id} was used twice`),
    ...(isFinished ? verdict.left : []).map((id) => `the order ${id} is left open`),
    ...Object.entries(isFinished ? verdict.held : {}).flatMap(heldProblem(place)),
    ...Object.entries(verdict.least).flatMap(([name, least]) =>
      least < -(feeOf(rows, story, name) + ROUNDING) ? [`more was sold than was held: ${name} ${least}`] : [],
    ),
    ...(longestUnprotectedMs > most ? [`I4: ${longestUnprotectedMs} ms without a stop from ${unprotectedFromMs}`] : []),
    ...(story.can.replace && !hasHalfReplacements(story) && stopped.bared > 0
      ? [`a stop was cancelled ${stopped.bared} times while its coins were held`]
      : []),
    ...boughtThough(entries, rows, [...killed.map(([fromMs, toMs]) => ({ bot: undefined, fromMs, toMs })), ...paused]),
    ...withoutRow(entries, rows),
    ...unbookedFills(place, rows),
    ...(isFinished ? byHandProblems(entries, { ...rows, dustOf: (symbol) => dustOf(place)("", symbol) }, story) : []),
    ...rows.bots.filter(({ status }) => status === "halted").map((bot) => `${bot.id} halted: ${bot.halted_because}`),
    ...(isFinished ? [] : [`not finished: ${rows.bots.map(({ id, status }) => `${id} ${status}`).join(", ")}`]),
    ...bugs.map(
      (bug) =>
        `bug: ${bug instanceof Error ? (bug.stack ?? bug.message).split("\n").slice(0, 3).join(" ") : String(bug)}`,
    ),
  ]
  return { problems, longestUnprotectedMs, verdict }
}

async function rowsOf({ store: { database }, symbolOf }: Place) {
  const orders = await database.selectFrom("bot_order").selectAll().execute()
  const fills = await database.selectFrom("bot_fill").selectAll().execute()
  const bots = await database.selectFrom("bot").select(["id", "status", "halted_because"]).execute()
  const events = await database.selectFrom("bot_event").selectAll().where("about", "like", "%writtenOff%").execute()
  const writtenOff = events.map(({ bot_id, at_ms, about, words }) => ({
    holder: `${bot_id} ${symbolOf(words.split(":")[0])}`,
    atMs: at_ms,
    quantity: Number((JSON.parse(about!) as EventAbout).writtenOff),
  }))
  const about = await database.selectFrom("bot_event").selectAll().where("about", "like", "%ByHand%").execute()
  const settled = about.map(({ bot_id, at_ms, about, words }) => ({
    holder: `${bot_id} ${symbolOf(words.split(":")[0])}`,
    atMs: at_ms,
    ...byHandIn(about!),
  }))
  const questions = await database
    .selectFrom("bot_event")
    .select("seq")
    .where("words", "like", "%Did you sell%")
    .execute()
  return {
    settled,
    asked: questions.length,
    orders,
    fills,
    symbolOf,
    bots,
    writtenOff,
    botOf: new Map(orders.map((order) => [order.client_order_id, order.bot_id])),
  }
}

function byHandIn(about: string): { quantity: number; isBack: boolean } {
  const { settledByHand, backByHand = "0" } = JSON.parse(about) as EventAbout
  return { quantity: Number(settledByHand ?? backByHand), isBack: settledByHand === undefined }
}

function hasStop(story: Story, bot: string): boolean {
  const { strategy } = story.bots[Number(bot.slice("bot".length)) - 1]
  return strategies[strategy].protect?.stopLoss?.kind !== "none"
}

function holderOf({ botOf, orders }: Rows, story: Story, wanted: (story: Story, bot: string) => boolean) {
  // Bybit does not say whose exit is whose: of two that look the same each bot may have the other's.
  const exits = story.venue === "bybit" ? orders.filter(({ role, list_id }) => role === "stop" && list_id !== null) : []
  const exitOf = new Map(exits.map(({ exchange_order_id, bot_id }) => [exchange_order_id, bot_id]))
  return (clientOrderId: string, symbol: string, orderId: number) => {
    const bot =
      botOf.get(clientOrderId) ?? exitOf.get(String(orderId)) ?? (clientOrderId.startsWith("cw") ? "nobody" : undefined)
    return bot === undefined || (bot !== "nobody" && !wanted(story, bot)) ? undefined : `${bot} ${symbol}`
  }
}

/** What cannot be sold: less than the exchange's smallest order, at the most that it was in the story. */
function dustOf({ opened, story }: Place): (holder: string, symbol: string) => number {
  const { markets } = opened.exchange.state.venue
  const changes = story.troubles.flatMap(({ trouble }) => (trouble.do === "rules" ? [trouble.rules] : []))
  const most = (name: string, usual: bigint) =>
    Math.max(Number(usual) / 1e8, ...changes.map((rules) => Number(rules[name] ?? 0)))
  return (_, symbol) => {
    const { rules, lastPrice } = markets.get(symbol)!
    const byValue = (most("minNotional", rules.minNotional) / (Number(lastPrice) / 1e8)) * 1.1
    return Math.max(most("stepSize", rules.stepSize), byValue)
  }
}

/** Below this a rest is nothing to the engine: the step, or the coarser one that the market had in the story. */
function stepOf({ opened, story }: Place): (symbol: string, atMs: number) => number {
  const { markets } = opened.exchange.state.venue
  const coarser = story.troubles.flatMap(({ atMs, trouble }) =>
    trouble.do === "rules" && trouble.rules.stepSize !== undefined
      ? [{ fromMs: startMs + atMs, step: Number(trouble.rules.stepSize) }]
      : [],
  )
  return (symbol, atMs) => {
    const usual = Number(markets.get(symbol)!.rules.stepSize) / 1e8
    return Math.max(usual, ...coarser.filter(({ fromMs }) => fromMs <= atMs).map(({ step }) => step))
  }
}

/** What a bot has to ask before it may act. */
const questions = ["order.status", "myTrades", "openOrders.status", "account.status", "time", "exchangeInfo"]

/** A question that the exchange never answers tells nothing, until it is asked again: nobody can act meanwhile. */
function unanswered(entries: readonly LogEntry[]): [number, number][] {
  return entries.flatMap((entry): [number, number][] =>
    entry.kind === "request" && entry.fault === "F01" && questions.includes(entry.name)
      ? [[entry.atMs, entry.atMs + ASK_AGAIN_MS]]
      : [],
  )
}

/**
 * So many orders in a row may be lost without harm: each is in doubt until the fence, and three of Binance's fit into
 * 30 s with all that may go wrong before the first. At Coinbase, where a request lives for 15 s, not one does.
 */
function mostLostInARow(fenceMs: number): number {
  return Math.max(0, Math.floor(MOST_UNPROTECTED_MS / fenceMs) - 1)
}

/** When one order after the other is lost, the next has to wait until the last can no longer arrive (I2 before I4). */
function hopeless(entries: readonly LogEntry[], fenceMs: number): [number, number][] {
  let lost = 0
  return entries.flatMap((entry): [number, number][] => {
    if (entry.kind !== "request" || !/\.(place|cancelReplace)/.test(entry.name)) return []
    lost = entry.fault === undefined ? 0 : lost + 1
    return lost > mostLostInARow(fenceMs) ? [[entry.atMs, entry.atMs + fenceMs]] : []
  })
}

function heldProblem(place: Place): ([name, held]: [string, number]) => string[] {
  return ([name, held]) => {
    const [bot, symbol] = name.split(" ")
    if (bot === "nobody") return [`an order of nobody holds ${held}`]
    return held > dustOf(place)(name, symbol) ? [`${bot} still holds ${held} of ${symbol}`] : []
  }
}

/** Sums of quantities are that far off at most. */
const ROUNDING = 1e-7

/**
 * Where it sizes the exits, Binance takes the fee of an entry from what else there is of the coin, the owner's own or
 * another bot's, so each stop that triggers at once sells as much more.
 */
function feeOf({ orders, symbolOf }: Rows, { venue, can, hasCoins, troubles }: Story, holder: string): number {
  if (venue !== "binance") return 0
  const own = orders.filter((order) => `${order.bot_id} ${symbolOf(order.market)}` === holder)
  const others = orders.some((order) => !own.includes(order) && holder.endsWith(` ${symbolOf(order.market)}`))
  const buysByHand = troubles.some(({ trouble }) => trouble.do === "owner")
  if (can.protect !== "received" || !(hasCoins || buysByHand || others)) return 0
  const protectedOnes = own.filter(({ role, list_id }) => role === "entry" && list_id !== null)
  return protectedOnes.reduce((sum, { quantity }) => sum + Number(quantity), 0) * LARGEST_FEE
}

/** The exchange itself cancels a stop there (F17). */
function hasHalfReplacements({ troubles }: Story): boolean {
  return troubles.some(({ trouble }) => trouble.do === "fault" && trouble.rule.fault === "F17")
}

type Barred = { bot: string | undefined; fromMs: number; toMs: number }

/** Buys that left while the kill switch was on, or their bot was paused. */
function boughtThough(entries: readonly LogEntry[], { botOf }: Rows, barred: readonly Barred[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== "event" || entry.event !== "NEW" || entry.about.side !== "BUY") return []
    const { clientOrderId } = entry.about
    const own = botOf.get(String(clientOrderId))
    const isBarred = ({ bot, fromMs, toMs }: Barred) =>
      (bot === undefined || bot === own) && entry.atMs > fromMs && entry.atMs < toMs
    const why = own === undefined ? undefined : barred.find(isBarred)
    const because = why?.bot === undefined ? "the kill switch was on" : "its bot was paused"
    return why ? [`I6: the buy ${clientOrderId} left though ${because}`] : []
  })
}

function withoutRow(entries: readonly LogEntry[], { botOf }: Rows): string[] {
  const ids = new Set(entries.flatMap((entry) => (entry.kind === "event" ? [String(entry.about.clientOrderId)] : [])))
  return [...ids].filter((id) => id.startsWith("cw") && !botOf.has(id)).map((id) => `I1: no row of the order ${id}`)
}
