import { candleTimeframesMs, type CandleTimeframe } from "#engine/candles"
import { usualDataDirectory } from "../../store/data-directory.ts"
import type { CandleSeries, CandleStore } from "../../store/candle-store.ts"
import { storeFailure } from "../../store/store-failure.ts"
import { HonestNo } from "../command.ts"

/** Opens the kept candles of `--data`, or of the usual folder, for one task and closes them again. */
export async function withCandleStore<Answer>(
  dataDirectory: string | undefined,
  act: (store: CandleStore) => Promise<Answer>,
): Promise<Answer> {
  // Most commands read files alone, and need no database.
  const { openCandleStore } = await import("../../store/candle-store.ts")
  const store = await openCandleStore(dataDirectory ?? usualDataDirectory()).catch((error: Error) => {
    throw new HonestNo(error.message)
  })
  return act(store)
    .catch(refuseDisk)
    .finally(() => store.close())
}

/** What the disk refuses is not a bug: the user can fix it. */
function refuseDisk(error: unknown): never {
  const failure = storeFailure(error)
  throw failure === undefined ? error : new HonestNo(failure.message)
}

/**
 * Which kept candles the user means: of this market, of this exchange if given, of this timeframe or shorter ones
 * that add up to it.
 */
export type SeriesChoice = { market: string; venue?: string; timeframe?: CandleTimeframe }

/**
 * The matching kept candles, the timeframe itself before shorter ones and longer before shorter; throws `HonestNo`
 * when there are none or several exchanges have them.
 */
export async function chosenSeries(
  store: CandleStore,
  { market, venue, timeframe }: SeriesChoice,
): Promise<CandleSeries> {
  const kept = await store.list()
  const ofMarket = kept.filter((series) => series.market === market && (venue === undefined || series.venue === venue))
  const places = [...new Set(ofMarket.map((series) => series.venue))]
  if (places.length > 1)
    throw new HonestNo(`Candles of ${market} are kept from ${places.join(" and ")}; choose with --venue.`)
  const lengthMs = timeframe === undefined ? undefined : candleTimeframesMs[timeframe]
  const fit = ofMarket.filter(
    (series) => lengthMs === undefined || lengthMs % candleTimeframesMs[series.timeframe] === 0,
  )
  const [first, second] = fit.toSorted((a, b) => candleTimeframesMs[b.timeframe] - candleTimeframesMs[a.timeframe])
  if (first === undefined) throw new HonestNo(nothingKept({ market, venue, timeframe }, kept))
  if (lengthMs === undefined && second !== undefined)
    throw new HonestNo(
      `Candles of ${market} are kept in ${fit.map((series) => series.timeframe).join(" and ")}; choose with --timeframe.`,
    )
  return first
}

function nothingKept({ market, venue, timeframe }: SeriesChoice, kept: CandleSeries[]): string {
  const wanted = `${timeframe === undefined ? "" : `${timeframe} `}candles of ${market}${venue === undefined ? "" : ` from ${venue}`}`
  const others = [...new Set(kept.map((series) => `${series.venue} ${series.market} ${series.timeframe}`))].slice(0, 10)
  return `No ${wanted} are kept. ${others.length === 0 ? "Nothing is kept yet; fetch or import some." : `There are: ${others.join(", ")}.`}`
}
