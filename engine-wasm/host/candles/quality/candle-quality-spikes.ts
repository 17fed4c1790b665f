import { NO_PRICE_GRID } from "../price-decimals.ts"
import type { CandleDefect } from "./candle-quality.ts"
import type { Candles } from "../candles.ts"

/** How far beyond both neighbours a price must reach, in usual local ranges (high − low), to be called a spike. */
const SPIKE_RANGES = 12
/** The same against the larger of the two neighbours' own ranges: in a storm everything is wide. */
const NEIGHBOUR_RANGES = 4
/**
 * Where hardly anything moves, a step of a few ticks is many ranges; below this share of the price it does not
 * matter.
 */
const LEAST_SHARE = 0.02
const LEAST_TICKS = 5
/** Candles on each side whose ranges define the usual one. */
const AROUND = 24
/** Twice or half of both neighbours is a spike in any storm. */
const SERIOUS_FACTOR = 2
const SEAM_FACTOR = 2

/**
 * Single candles that leave their surroundings by many local ranges and come back: a bad print or a flash crash. The
 * last candle is not judged: nobody knows yet.
 */
export function spikeDefects(candles: Candles): CandleDefect[] {
  const { openTimeMs, high, low } = candles
  const found: CandleDefect[] = []
  const least = LEAST_TICKS * tickOf(candles)
  let before = high[0] - low[0]
  for (let index = 0; index < openTimeMs.length - 1; index++) {
    const after = high[index + 1] - low[index + 1]
    const top = index > 0 && high[index - 1] > high[index + 1] ? high[index - 1] : high[index + 1]
    const bottom = index > 0 && low[index - 1] < low[index + 1] ? low[index - 1] : low[index + 1]
    const beyond = Math.max(high[index] - top, bottom - low[index])
    const neighbours = index > 0 && before > after ? before : after
    // Nearly every candle ends here, so the rest may be slow.
    if (beyond > LEAST_SHARE * bottom && beyond > least) {
      const wild = high[index] > SERIOUS_FACTOR * top || low[index] * SERIOUS_FACTOR < bottom
      if (wild || (beyond > NEIGHBOUR_RANGES * neighbours && beyond > SPIKE_RANGES * usualRange(candles, index)))
        found.push(spikeDefect(candles, index, { top, bottom }))
    }
    before = high[index] - low[index]
  }
  return found
}

function spikeDefect(
  { openTimeMs, high, low }: Candles,
  index: number,
  { top, bottom }: { top: number; bottom: number },
): CandleDefect {
  const time = openTimeMs[index]
  const up = high[index] - top > bottom - low[index]
  const factor = up ? high[index] / top : bottom / low[index]
  const words = up
    ? `The high (${high[index]}) is ${timesOr(factor, factor - 1)} above the candles beside it (up to ${top}), for this one candle.`
    : `The low (${low[index]}) is ${timesOr(factor, 1 - 1 / factor)} below the candles beside it (down to ${bottom}), for this one candle.`
  return {
    kind: "spike",
    fromMs: time,
    toMs: time,
    count: 1,
    severity: factor >= SERIOUS_FACTOR ? "serious" : "careful",
    words,
  }
}

function timesOr(factor: number, share: number): string {
  return factor < SERIOUS_FACTOR ? `${Math.round(share * 100)} %` : `${Number(factor.toPrecision(2))} times`
}

/** The median of high − low among the candles around one, itself left out. */
function usualRange({ high, low }: Candles, index: number): number {
  const ranges: number[] = []
  for (let at = Math.max(0, index - AROUND); at <= Math.min(high.length - 1, index + AROUND); at++) {
    if (at !== index) ranges.push(high[at] - low[at])
  }
  ranges.sort((a, b) => a - b)
  return ranges[ranges.length >> 1] ?? 0
}

/** The smallest step of the price, or 0 without a price grid. */
export function tickOf({ priceDecimals }: Pick<Candles, "priceDecimals">): number {
  return priceDecimals < NO_PRICE_GRID ? Number(`1e-${priceDecimals}`) : 0
}

/**
 * Places where prices jump from one candle's close to the next one's open, and stay there: another market's candles,
 * a split, a new coin unit.
 */
export function jumpDefects({ openTimeMs, open, close }: Candles): CandleDefect[] {
  const found: CandleDefect[] = []
  for (let index = 1; index < openTimeMs.length; index++) {
    const step = open[index] / close[index - 1]
    if (step < SEAM_FACTOR && step > 1 / SEAM_FACTOR) continue
    if (
      isFar(close[index], close[index - 1]) &&
      isFar(open[index], close[Math.max(0, index - 2)]) &&
      isFar(close[Math.min(close.length - 1, index + 1)], close[index - 1])
    ) {
      const words = `Prices go from ${close[index - 1]} to ${open[index]} between two candles and stay: another market's candles, a split, or a new unit.`
      found.push({
        kind: "jump",
        fromMs: openTimeMs[index],
        toMs: openTimeMs[index],
        count: 1,
        severity: "serious",
        words,
      })
    }
  }
  return found
}

function isFar(price: number, other: number): boolean {
  return price >= other * SEAM_FACTOR || price <= other / SEAM_FACTOR
}
