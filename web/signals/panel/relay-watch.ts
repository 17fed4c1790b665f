import { strategyFromJson, type StrategyDocument } from "#engine/strategy"
import type { KeptModel } from "../../db/kept-model.ts"
import { answered, relay } from "../../relay-client/relay.ts"

type Standing = Awaited<ReturnType<typeof askStanding>>
/** Which markets the relay looks at by itself, and by which models. */
export type RelayWatch = Omit<Standing, "standings" | "markets"> & { markets: Market[] }
type Market = Omit<Standing["markets"][number], "models"> & {
  /** Where no days are said, the relay's usual ones. */
  models: { hash: string; retrainDays?: number | null }[]
}
/** A model that the relay keeps, without its weights. */
export type RelayModel = Awaited<ReturnType<typeof askModels>>[number]
/** One market in candles of one length. */
export type Place = Pick<Market, "venue" | "market" | "timeframe">
export type RelayWatching = {
  watch: RelayWatch
  standings: Standing["standings"]
  models: RelayModel[]
  /** Names of bots by their id. */
  bots: ReadonlyMap<string, string>
}

async function askStanding() {
  return (await answered(relay.signals.watch.$get())).json()
}

async function askModels() {
  return (await (await answered(relay.signals.models.$get())).json()).items
}

async function askBots() {
  return (await (await answered(relay.bots.$get())).json()).items
}

/** Which markets the relay looks at by itself, how each stands, and what it keeps of models. */
export async function askWatching(): Promise<RelayWatching> {
  const [{ standings, ...watch }, models, bots] = await Promise.all([askStanding(), askModels(), askBots()])
  return { watch, standings, models, bots: new Map(bots.map(({ id, name }) => [id, name])) }
}

/** The strategy of a bot with another version of its model; the bot itself goes on as it is. */
export async function strategyWithVersion(hash: string, bot: string): Promise<StrategyDocument> {
  const answer = await answered(relay.signals.models[":hash"].adopt.$post({ param: { hash }, json: { bot } }))
  const made = strategyFromJson((await answer.json()).deployment.strategy)
  if (!made.ok) throw new Error(made.problems[0].because)
  return made.strategy
}

/** Changes what the relay looks at; a model that it does not have yet is brought to it first. */
export async function changeWatch(watch: RelayWatch, brought?: { kept: KeptModel; place: Place }): Promise<void> {
  if (brought) {
    const { model } = brought.kept
    const { venue, market } = brought.place
    await answered(relay.signals.models.$post({ json: { model, venue, market } }))
  }
  await answered(relay.signals.watch.$put({ json: watch }))
}

/** What the relay looks at in one market; undefined where that is nothing. */
export function watchedIn({ markets }: RelayWatch, place: Place): Market | undefined {
  return markets.find((one) => isSamePlace(one, place))
}

export function isSamePlace(one: { venue: string; market: string; timeframe: string }, other: Place): boolean {
  return one.venue === other.venue && one.market === other.market && one.timeframe === other.timeframe
}

/** The watch with one market's votes on or off; a market of which nothing is asked is no longer watched. */
export function withVotes(watch: RelayWatch, place: Place, votes: boolean): RelayWatch {
  return changed(watch, place, (market) => ({ ...market, votes }))
}

/** The watch with one market's model asked or no longer asked. */
export function withModel(watch: RelayWatch, place: Place, hash: string, isAsked: boolean): RelayWatch {
  return changed(watch, place, (market) => {
    const others = market.models.filter((one) => one.hash !== hash)
    return { ...market, models: isAsked ? [...others, { hash }] : others }
  })
}

function changed(watch: RelayWatch, place: Place, change: (market: Market) => Market): RelayWatch {
  const market = change(watchedIn(watch, place) ?? { ...place, models: [], votes: false })
  const isKept = (one: Market) => one.votes || one.models.length > 0
  const rest = watch.markets.map((one) => (isSamePlace(one, place) ? market : one))
  const all = watchedIn(watch, place) ? rest : [...rest, market]
  return { ...watch, markets: all.filter(isKept) }
}
