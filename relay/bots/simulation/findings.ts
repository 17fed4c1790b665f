import type { LogEntry } from "../../exchange/simulated/event-log.ts"
import type { Verdict } from "../testing/judge.ts"
import { judge } from "../testing/judge.ts"
import type { RelayStore } from "../../store/relay-store.ts"
import type { Place } from "./simulated-relay.ts"
import { strategies } from "./strategies.ts"
import type { Story } from "./story.ts"

/** Longest time without a stop when something is wrong, and when nothing is. */
const MOST_UNPROTECTED_MS = 30_000
const MOST_CALM_UNPROTECTED_MS = 2_000

type Rows = Awaited<ReturnType<typeof rowsOf>>

/** Everything that a story may not have left behind, in words; none is right. Times without a stop besides. */
export async function findings(
  place: Place,
  { bugs, isFinished, excused }: { bugs: unknown[]; isFinished: boolean; excused: [number, number][] },
): Promise<{ problems: string[]; longestUnprotectedMs: number; verdict: Verdict }> {
  const { opened, store, story } = place
  const { entries } = opened.exchange.log
  const rows = await rowsOf(store)
  const verdict = judge(entries, { dust: dustOf(place), holderOf: holderOf(rows, story, () => true) })
  const stopped = judge(entries, { dust: dustOf(place), holderOf: holderOf(rows, story, hasStop), excused })
  const { longestUnprotectedMs, unprotectedFromMs } = stopped
  const most = story.isCalm ? MOST_CALM_UNPROTECTED_MS : MOST_UNPROTECTED_MS
  const problems = [
    ...verdict.doubles.map((id) => `I2: the id ${id} was used twice`),
    ...(isFinished ? verdict.left : []).map((id) => `the order ${id} is left open`),
    ...Object.entries(isFinished ? verdict.held : {}).flatMap(heldProblem(place)),
    ...Object.entries(verdict.least).flatMap(([name, least]) =>
      least < -1e-7 ? [`more was sold than was held: ${name} ${least}`] : [],
    ),
    ...(longestUnprotectedMs > most ? [`I4: ${longestUnprotectedMs} ms without a stop from ${unprotectedFromMs}`] : []),
    ...withoutRow(entries, rows),
    ...unbooked(entries, rows),
    ...rows.bots.filter(({ status }) => status === "halted").map((bot) => `${bot.id} halted: ${bot.halted_because}`),
    ...(isFinished ? [] : [`not finished: ${rows.bots.map(({ id, status }) => `${id} ${status}`).join(", ")}`]),
    ...bugs.map(
      (bug) =>
        `bug: ${bug instanceof Error ? (bug.stack ?? bug.message).split("\n").slice(0, 3).join(" ") : String(bug)}`,
    ),
  ]
  return { problems, longestUnprotectedMs, verdict }
}

async function rowsOf({ database }: RelayStore) {
  const orders = await database.selectFrom("bot_order").selectAll().execute()
  const fills = await database.selectFrom("bot_fill").selectAll().execute()
  const bots = await database.selectFrom("bot").select(["id", "status", "halted_because"]).execute()
  return { orders, fills, bots, botOf: new Map(orders.map((order) => [order.client_order_id, order.bot_id])) }
}

function hasStop(story: Story, bot: string): boolean {
  const { strategy } = story.bots[Number(bot.slice("bot".length)) - 1]
  return strategies[strategy].protect?.stopLoss?.kind !== "none"
}

function holderOf({ botOf }: Rows, story: Story, wanted: (story: Story, bot: string) => boolean) {
  return (clientOrderId: string) => {
    const bot = botOf.get(clientOrderId) ?? (clientOrderId.startsWith("cw") ? "nobody" : undefined)
    return bot === undefined || (bot !== "nobody" && !wanted(story, bot)) ? undefined : bot
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

/** Each trade may leave less than the smallest order. */
function heldProblem(place: Place): ([name, held]: [string, number]) => string[] {
  const { story } = place
  return ([name, held]) => {
    if (name === "nobody") return [`an order of nobody holds ${held}`]
    const { market } = story.bots[Number(name.slice("bot".length)) - 1]
    const isTroubled = story.troubles.some(({ trouble }) => ["rules", "fill-part", "expire"].includes(trouble.do))
    const most = dustOf(place)(name, market.replace("/", "")) * (isTroubled ? 3 : 1)
    return held > most ? [`${name} still holds ${held} of ${market}`] : []
  }
}

function withoutRow(entries: readonly LogEntry[], { botOf }: Rows): string[] {
  const ids = new Set(entries.flatMap((entry) => (entry.kind === "event" ? [String(entry.about.clientOrderId)] : [])))
  return [...ids].filter((id) => id.startsWith("cw") && !botOf.has(id)).map((id) => `I1: no row of the order ${id}`)
}

function unbooked(entries: readonly LogEntry[], { fills, botOf }: Rows): string[] {
  const booked = new Set(fills.map(({ market, fill_id }) => `${market.replace("/", "")} ${fill_id}`))
  return entries.flatMap((entry) => {
    if (entry.kind !== "event" || entry.event !== "TRADE" || !botOf.has(String(entry.about.clientOrderId))) return []
    const { symbol, tradeId, clientOrderId } = entry.about
    return booked.has(`${symbol} ${tradeId}`)
      ? []
      : [`I8: the fill ${symbol} ${tradeId} of ${clientOrderId} was not booked`]
  })
}
