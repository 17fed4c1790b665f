import {
  isoTime,
  pageFailureInWords,
  waitInWords,
  type DownloadProgress,
  type Timeframe,
  type Waiting,
  quoted,
} from "#engine/candles"
import { venues, type VenueId, type VenueSource } from "#venues"
import { openVenue } from "../../door/open-venue.ts"
import { venuesFrom } from "../../door/venue-override.ts"
import { fetchCandles, type CandleFetched, type FetchedSeries } from "../../store/fetch-candles.ts"
import type { CandleSeries, CandleStore } from "../../store/candle-store.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText, report } from "../answer.ts"
import { writeCandles } from "./candle-output.ts"
import { seriesInWords } from "./candles-list.ts"
import { withCandleStore } from "./candles-store.ts"
import {
  choiceOption,
  HonestNo,
  neededOption,
  noPositionals,
  readWords,
  timeframeOption,
  periodOptions,
  WrongUsage,
} from "../command.ts"
import { ProgressLine } from "../progress-line.ts"

const options = {
  venue: { type: "string", default: "binance" },
  market: { type: "string" },
  timeframe: { type: "string", default: "1h" },
  from: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
  rest: { type: "string" },
  data: { type: "string" },
  again: { type: "boolean" },
  json: { type: "boolean" },
} as const

const venueIds = venues.map(({ id }) => id)

type Wanted = {
  series: FetchedSeries
  period: { fromMs: number; toMs?: number }
  source: VenueSource
  origin: string
  again: boolean
  surroundings: Surroundings
  stop: AbortController
}

/** `candlewright candles fetch`: downloads what is missing into the kept candles, and writes a file with --out. */
export async function candlesFetch(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const id = choiceOption("venue", values.venue, venueIds)
  const series: FetchedSeries = {
    venue: id,
    market: neededOption("market", values.market),
    timeframe: timeframeOption(values.timeframe)!,
  }
  const period = periodOf(values, surroundings.nowMs())
  const rest = restOption(values.rest) ?? standInFor(id)
  const stop = new AbortController()
  const source = openVenue(id, { rest, signal: stop.signal })
  refuseTimeframe(source, series.timeframe)
  await withCandleStore(values.data, async (store) => {
    const fetched = await fetchWithProgress(store, {
      series,
      period,
      source,
      origin: rest ?? source.venue.rest[0],
      again: values.again === true,
      surroundings,
      stop,
    })
    const kept = await store.seal(series)
    await answer(kept, fetched, values.json === true)
    if (values.out !== undefined) await writeKept(store, series, period, values.out)
  })
}

function periodOf({ from, to }: { from?: string; to?: string }, nowMs: number): { fromMs: number; toMs?: number } {
  const { fromMs, toMs } = periodOptions({ from: neededOption("from", from), to })
  if (fromMs! >= nowMs) throw new HonestNo(`There are no candles yet from ${from} on: that is in the future.`)
  return { fromMs: fromMs!, toMs }
}

function restOption(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text
  throw new WrongUsage(`--rest takes an address such as http://127.0.0.1:9100/api/v3, not ${quoted(text)}`)
}

/** Where CANDLEWRIGHT_VENUES puts a stand-in for the exchange; undefined without one. */
function standInFor(id: VenueId): string | undefined {
  const real = venues.find((venue) => venue.id === id)?.rest[0]
  try {
    const asked = venuesFrom(process.env.CANDLEWRIGHT_VENUES).find((venue) => venue.id === id)?.rest[0]
    return asked === real ? undefined : asked
  } catch (error) {
    throw new HonestNo((error as Error).message)
  }
}

function refuseTimeframe({ venue }: VenueSource, timeframe: Timeframe): void {
  if (!venue.timeframes.includes(timeframe))
    throw new HonestNo(`${venue.name} has no candles of ${timeframe}; it has ${venue.timeframes.join(" ")}.`)
}

async function fetchWithProgress(
  store: CandleStore,
  { series, period, stop, ...asked }: Wanted,
): Promise<CandleFetched> {
  const line = new ProgressLine(process.stderr)
  const onSignal = () => stop.abort()
  // A second Ctrl-C ends the program at once; even then no downloaded candle is lost.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, onSignal)
  const exchange = asked.source.venue.name
  const onWaiting = (waiting: Waiting) => line.show(waitingInWords(exchange, waiting), { now: true })
  const onProgress = (progress: DownloadProgress) =>
    progress.waiting ? onWaiting(progress.waiting) : line.show(progressInWords(series, progress))
  const fetched = await fetchCandles({
    ...asked,
    store,
    series,
    wanted: period,
    signal: stop.signal,
    onProgress,
    onWaiting,
  }).finally(() => line.end())
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal)
  if (!fetched.ok) throw refusal(fetched, exchange, series)
  return fetched
}

function refusal(
  { failure, candles, others = [] }: CandleFetched & { ok: false },
  exchange: string,
  series: FetchedSeries,
): HonestNo {
  if (failure === "stopped")
    return new HonestNo(`Stopped. ${count(candles)} new candles are kept; the same command continues from there.`, {
      kind: "stopped",
      candles,
    })
  if (series.venue === "practice" && failure.kind === "unreachable")
    return new HonestNo(
      `The Practice exchange does not answer (${failure.message}). It runs inside the relay: start that with \`candlewright serve\`, and give --rest with its address if it is not on port 8787.`,
      { kind: failure.kind, candles },
    )
  const likes = others.length === 0 ? "" : ` It has ${others.slice(0, 8).join(", ")}.`
  return new HonestNo(pageFailureInWords(failure, { exchange, market: series.market }) + likes, {
    kind: failure.kind,
    candles,
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  })
}

async function answer(
  kept: CandleSeries,
  { candles, leftOut, changed }: CandleFetched,
  asJson: boolean,
): Promise<void> {
  for (const { openTimeMs, because } of leftOut) report(`Left out ${isoTime(openTimeMs)}: ${because}`)
  if (changed.length > 0)
    report(
      `The exchange now reports ${count(changed.length)} candles differently than before, the first at ${isoTime(changed[0])}; the new ones are kept.`,
    )
  await (asJson
    ? printJson({ ...kept, newCandles: candles, leftOut, changed })
    : printText(`${count(candles)} new candles. Kept: ${seriesInWords(kept)}\n`))
}

async function writeKept(
  store: CandleStore,
  series: FetchedSeries,
  period: { fromMs: number; toMs?: number },
  file: string,
): Promise<void> {
  const candles = await store.read(series, period)
  if (candles === undefined) throw new HonestNo(`The exchange has no candles of ${series.market} in this period.`)
  await writeCandles(candles, file)
}

function progressInWords(
  { market, timeframe }: FetchedSeries,
  { candlesDone, candlesTotal, candlesPerSecond, secondsLeft }: DownloadProgress,
): string {
  const left = secondsLeft === undefined ? "" : `, ${waitInWords(secondsLeft * 1000)} left`
  return `${market} ${timeframe}: ${count(candlesDone)} of ${count(candlesTotal)} (${Math.floor((candlesDone / Math.max(1, candlesTotal)) * 100)} %), ${count(candlesPerSecond)} candles a second${left}`
}

function waitingInWords(exchange: string, { failure, waitMs }: Waiting): string {
  const why =
    failure.kind === "busy" ? `${exchange} asks us to wait` : `${exchange} cannot be reached (${failure.message})`
  return `${why}; trying again in ${waitInWords(waitMs)}`
}

function count(number: number): string {
  return Math.round(number).toLocaleString("en-US")
}
