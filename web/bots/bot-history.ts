import { answered, relay } from "../relay-client/relay.ts"

/** What happened to a bot, in words. */
export type BotEvent = Awaited<ReturnType<typeof askEvents>>["items"][number]
export type BotTrade = Awaited<ReturnType<typeof askTrades>>[number]
export type BotOrder = Awaited<ReturnType<typeof askOrders>>[number]
export type Parity = Awaited<ReturnType<typeof askParity>>
export type EquityPoint = Awaited<ReturnType<typeof askEquity>>[number]

const EVENTS_ON_PAGE = "50"
/** A table says what was last; all of it is in the relay. */
const MOST_ROWS = "200"
/** A picture has no more places. */
const POINTS = "400"

/** A page of what happened, the newest first; `after` is where the page before ended. */
export async function askEvents(id: string, after?: string) {
  const query = { limit: EVENTS_ON_PAGE, ...(after === undefined ? {} : { after }) }
  const answer = await answered(relay.bots[":id"].events.$get({ param: { id }, query }))
  return answer.json()
}

export async function askTrades(id: string) {
  const answer = await answered(relay.bots[":id"].trades.$get({ param: { id }, query: { limit: MOST_ROWS } }))
  return (await answer.json()).items
}

export async function askOrders(id: string) {
  const answer = await answered(relay.bots[":id"].orders.$get({ param: { id }, query: { limit: MOST_ROWS } }))
  return (await answer.json()).items
}

/** Its whole life, the newest first. */
export async function askEquity(id: string) {
  const answer = await answered(relay.bots[":id"].equity.$get({ param: { id }, query: { points: POINTS } }))
  return (await answer.json()).items
}

/** Its period run again, and as a backtest. Throws what the relay refuses. */
export async function askParity(id: string) {
  const answer = await answered(relay.bots[":id"].parity.$get({ param: { id } }))
  return answer.json()
}
