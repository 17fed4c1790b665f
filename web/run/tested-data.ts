import { type Candles, gapsIn, mendsInWords, sliceCandles } from "#engine/candles"
import type { OpenMarkets } from "./open-market.ts"

/** The candles behind a result: those of its period. `toMs` is the open time of the last one. */
export type TestedData = {
  fromMs: number
  toMs: number
  candleCount: number
  gaps: number
  missing: number
  /** "12 filled flat", or nothing. */
  mended: string
  isMadeUp: boolean
}

/** What was said last of some markets: a slider asks for the same again and again. */
const described = new WeakMap<OpenMarkets, { fromMs?: number; data: TestedData }>()

/** Describes the candles of a run from `fromMs` on, those of all its markets together. */
export function testedData(markets: OpenMarkets, fromMs?: number): TestedData {
  const known = described.get(markets)
  if (known && known.fromMs === fromMs) return known.data
  const data = describe(markets, fromMs)
  described.set(markets, { fromMs, data })
  return data
}

function describe({ list, session }: OpenMarkets, fromMs?: number): TestedData {
  const parts = session.markets.map(({ candles }) => sliceCandles(candles, { fromMs })).filter(hasSome)
  const gaps = parts.map(gapsIn)
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const ends = {
    fromMs: Math.min(...parts.map(({ openTimeMs }) => openTimeMs[0])),
    toMs: Math.max(...parts.map(({ openTimeMs }) => openTimeMs[openTimeMs.length - 1])),
  }
  const endMs = ends.toMs + Math.max(...parts.map(({ timeframeMs }) => timeframeMs))
  return {
    ...ends,
    candleCount: sum(parts.map(({ openTimeMs }) => openTimeMs.length)),
    gaps: sum(gaps.map((each) => each.gaps)),
    missing: sum(gaps.map((each) => each.missing)),
    mended: mendsInWords(
      list.flatMap(({ mends }) => mends),
      { fromMs: ends.fromMs, toMs: endMs },
    ),
    isMadeUp: list.every(({ isMadeUp }) => isMadeUp),
  }
}

function hasSome({ openTimeMs }: Candles): boolean {
  return openTimeMs.length > 0
}
