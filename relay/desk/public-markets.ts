import {
  candleOpenMs,
  candlesFromRows,
  type Candles,
  HOUR_MS,
  nextOpenMs,
  type PageFailure,
  pageFailureInWords,
  plainText,
  quoted,
  sliceCandles,
  type Timeframe,
  timeframesMs,
} from "#engine/candles"
import { marketNamed, type Venue, type VenueId, type VenueMarket, venueOf, type VenueTicker } from "#venues"
import { Refusal } from "../door/refusal.ts"
import type { Surroundings } from "../surroundings.ts"
import { awayInWords } from "./exchange-away.ts"
import type { MarketFeeds } from "./market-feeds.ts"

/** A market of an exchange, found there. */
export type FoundMarket = { venue: Venue; market: VenueMarket }

/** A stretch of candles; at most `limit` of them, the first ones from `fromMs` on or, without it, the last ones. */
export type AskedCandles = { timeframe: Timeframe; fromMs?: number; toMs?: number; limit: number }

/** A page of candles. */
export type CandlePage = { candles: Candles | undefined; nextMs: number | null }

type PublicMarketsDeps = { feeds: MarketFeeds; surroundings: Pick<Surroundings, "steadyMs"> }
type KnownMarkets = { markets: VenueMarket[]; sinceMs: number }

/** A list weighs megabytes at some exchanges, and changes rarely. */
const LIST_KEPT_MS = HOUR_MS / 4
const MOST_NAMED = 8

/** Questions about an exchange's public markets. Every method throws a `Refusal` where the exchange is away. */
export class PublicMarkets {
  readonly #lists = new Map<VenueId, KnownMarkets>()

  constructor(private readonly deps: PublicMarketsDeps) {}

  /** The market somebody means, as BTC-USDT, BTCUSDT or BTC/USDT; throws a `Refusal` for one that is not there. */
  async find(venueId: VenueId, written: string): Promise<FoundMarket> {
    const markets = await this.#markets(venueId)
    const [venue, market] = [this.deps.feeds.venue(venueId), marketNamed(markets, written)]
    if (market !== undefined) return { venue, market }
    throw new Refusal(
      404,
      "unknown-market",
      `${venue.name} has no market ${quoted(written)}.${likeIt(markets, written)}`,
    )
  }

  /** The names of all its markets. */
  async symbols(venueId: VenueId): Promise<string[]> {
    return (await this.#markets(venueId)).map(({ symbol }) => symbol)
  }

  /** By its own clock, UTC ms. */
  async timeMs(venue: VenueId): Promise<number> {
    const answer = await this.deps.feeds.source(venue).exchangeTime()
    if (!answer.ok) throw marketsAway(answer, { venue: venueOf(venue) })
    return answer.timeMs
  }

  async ticker({ venue, market }: FoundMarket): Promise<VenueTicker> {
    const answer = await this.deps.feeds.source(venue.id).ticker(market)
    if (!answer.ok) throw marketsAway(answer, { venue, market })
    return answer.ticker
  }

  /** Closed candles, undefined where there are none, and where the stretch goes on; null at its end. */
  async candles(found: FoundMarket, asked: AskedCandles): Promise<CandlePage> {
    const { venue, market } = found
    const { timeframe } = asked
    if (!venue.timeframes.includes(timeframe))
      throw new Refusal(400, "bad-address", `${venue.name} has candles of ${venue.timeframes.join(", ")}.`, {
        field: "timeframe",
      })
    const stretch = stretchOf(asked, await this.timeMs(venue.id), venue)
    if (stretch.fromMs >= stretch.toMs) return { candles: undefined, nextMs: null }
    const answer = await this.deps.feeds.source(venue.id).page({ market, timeframe }, stretch)
    if (!answer.ok) throw marketsAway(answer, found)
    const candles = closedIn(answer.rows, timeframe, stretch)
    return { candles, nextMs: nextMsOf(candles, stretch, { timeframe, venue }) }
  }

  async #markets(venue: VenueId): Promise<VenueMarket[]> {
    const nowMs = this.deps.surroundings.steadyMs()
    const known = this.#lists.get(venue)
    if (known !== undefined && nowMs - known.sinceMs < LIST_KEPT_MS) return known.markets
    const answer = await this.deps.feeds.source(venue).markets({ withVolumes: false })
    if (!answer.ok) throw marketsAway(answer, { venue: venueOf(venue) })
    this.#lists.set(venue, { markets: answer.markets, sinceMs: nowMs })
    return answer.markets
  }
}

type Stretch = { fromMs: number; toMs: number; wantedToMs: number; limit: number }

/** Closed candles alone: the last one has ended by `nowMs`. */
function stretchOf({ timeframe, fromMs, toMs = Infinity, limit }: AskedCandles, nowMs: number, venue: Venue): Stretch {
  const lengthMs = timeframesMs[timeframe]
  const most = Math.min(limit, venue.candlesPerPage)
  const wantedToMs = Math.min(toMs, candleOpenMs(nowMs, lengthMs))
  const firstMs = nextOpenMs(fromMs ?? Math.max(0, wantedToMs - most * lengthMs), lengthMs)
  // An exchange that looks no farther than it is asked is asked for as much as it answers.
  const reachMs = venue.staysInside ? firstMs + most * lengthMs : wantedToMs
  return { fromMs: firstMs, toMs: Math.min(wantedToMs, reachMs), wantedToMs, limit: most }
}

/** Where the next page begins. */
function nextMsOf(
  candles: Candles | undefined,
  { toMs, wantedToMs, limit }: Stretch,
  { timeframe, venue }: { timeframe: Timeframe; venue: Venue },
): number | null {
  const lastMs = candles?.openTimeMs.at(-1)
  const isFull = candles !== undefined && candles.openTimeMs.length >= limit
  const goesOnMs = isFull || !venue.staysInside ? (lastMs ?? Infinity) + timeframesMs[timeframe] : toMs
  return goesOnMs < wantedToMs && (isFull || venue.staysInside) ? goesOnMs : null
}

function closedIn(rows: unknown, timeframe: Timeframe, stretch: { fromMs: number; toMs: number }): Candles | undefined {
  if (Array.isArray(rows) && rows.length === 0) return undefined
  const read = candlesFromRows(rows, { timeframe })
  if (!read.ok)
    throw new Refusal(503, "exchange-away", `The exchange sent candles that cannot be: ${read.because}`, {
      retryAfterS: USUAL_WAIT_S,
    })
  const candles = sliceCandles(read.candles, stretch)
  return candles.openTimeMs.length > 0 ? candles : undefined
}

const USUAL_WAIT_S = 30

/** Why an exchange answered nothing about its markets, for a person. */
export function marketsAway(failure: PageFailure, { venue, market }: { venue: Venue; market?: VenueMarket }): Refusal {
  const { kind, retryAfterMs } = failure
  const retryAfterS = retryAfterMs === undefined ? USUAL_WAIT_S : Math.ceil(retryAfterMs / 1000)
  const names = { exchange: venue.name, market: market?.symbol ?? "this market" }
  if (kind === "unknown-market") return new Refusal(404, "unknown-market", pageFailureInWords(failure, names))
  if (kind === "refused" || kind === "region")
    return new Refusal(503, "exchange-away", pageFailureInWords(failure, names), { retryAfterS })
  const because = awayInWords(kind === "unreachable" ? "no-answer" : kind, venue.name)
  return new Refusal(503, "exchange-away", `${because} Nothing was changed. Try again in ${retryAfterS} seconds.`, {
    retryAfterS,
  })
}

/** The markets of the same coin, or else the first ones. */
function likeIt(markets: readonly VenueMarket[], written: string): string {
  const letters = written.toUpperCase()
  const same = markets.filter(({ base }) => letters.startsWith(base))
  const named = (same.length > 0 ? same : markets).slice(0, MOST_NAMED).map(({ symbol }) => plainText(symbol))
  return named.length === 0 ? "" : ` It has ${named.join(", ")}.`
}
