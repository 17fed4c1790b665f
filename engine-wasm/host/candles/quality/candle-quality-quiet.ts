import type { CandleDefect } from "./candle-quality.ts"
import { tickOf } from "./candle-quality-spikes.ts"
import type { Candles } from "../candles.ts"

/** Fewer silent candles in a row share one note. */
const LONG_SILENCE = 10
/** This many candles in a row at one single price are a frozen feed. */
const LONG_FREEZE = 10
/** With a tick of this share of the price or less, a traded price moves. */
const FINE_TICK = 0.001

type Run = { first: number; last: number }

/** Candles without trades, and candles that trade without ever moving. Those at `filledMs` are silent on purpose. */
export function quietDefects(candles: Candles, filledMs: ReadonlySet<number>): CandleDefect[] {
  const { openTimeMs, volume } = candles
  const silent = runsWhere(volume.length, (index) => volume[index] === 0 && !filledMs.has(openTimeMs[index]))
  if (countOf(silent) === volume.length) return [noVolume(candles)]
  const long = silent.filter((run) => lengthOf(run) >= LONG_SILENCE)
  const short = silent.filter((run) => lengthOf(run) < LONG_SILENCE)
  return [...long.map((run) => silence(candles, run)), ...scattered(candles, short), ...frozenDefects(candles)]
}

function runsWhere(length: number, holds: (index: number) => boolean): Run[] {
  const runs: Run[] = []
  let first = -1
  for (let index = 0; index < length; index++) {
    if (holds(index)) {
      if (first < 0) first = index
    } else if (first >= 0) {
      runs.push({ first, last: index - 1 })
      first = -1
    }
  }
  if (first >= 0) runs.push({ first, last: length - 1 })
  return runs
}

function noVolume({ openTimeMs }: Candles): CandleDefect {
  const words = "No candle has a volume: this source does not provide it. Rules that use volume will not work."
  return {
    kind: "no-trades",
    fromMs: openTimeMs[0],
    toMs: openTimeMs[openTimeMs.length - 1],
    count: openTimeMs.length,
    severity: "note",
    words,
  }
}

function silence({ openTimeMs }: Candles, run: Run): CandleDefect {
  const count = lengthOf(run)
  return {
    kind: "no-trades",
    fromMs: openTimeMs[run.first],
    toMs: openTimeMs[run.last],
    count,
    severity: "careful",
    words: `Nobody traded for ${count} candles; an order would have waited.`,
  }
}

function scattered({ openTimeMs }: Candles, runs: Run[]): CandleDefect[] {
  const last = runs.at(-1)
  if (!last) return []
  const count = countOf(runs)
  const words = count === 1 ? "Nobody traded in one candle." : `Nobody traded in ${count} candles here and there.`
  return [
    {
      kind: "no-trades",
      fromMs: openTimeMs[runs[0].first],
      toMs: openTimeMs[last.last],
      count,
      severity: "note",
      words,
    },
  ]
}

function frozenDefects(candles: Candles): CandleDefect[] {
  const { openTimeMs, high, low, close, volume } = candles
  // Where one tick is a large step, a constant price is normal.
  const coarse = tickOf(candles) / FINE_TICK
  const stands = (index: number) =>
    high[index] === low[index] &&
    volume[index] > 0 &&
    index > 0 &&
    close[index] === close[index - 1] &&
    close[index] > coarse
  const runs = runsWhere(openTimeMs.length, stands).filter((run) => lengthOf(run) >= LONG_FREEZE)
  return runs.map(({ first, last }) => {
    const count = last - first + 1
    const words = `The price stays at ${close[first]} for ${count} candles although there is volume: a frozen feed, or a very thin market.`
    return { kind: "frozen", fromMs: openTimeMs[first], toMs: openTimeMs[last], count, severity: "careful", words }
  })
}

function lengthOf({ first, last }: Run): number {
  return last - first + 1
}

function countOf(runs: Run[]): number {
  return runs.reduce((sum, run) => sum + lengthOf(run), 0)
}
