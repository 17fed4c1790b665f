import type { MinuteCandle } from "./candle-source.ts"
import type { Random } from "../random.ts"

/** What happens inside one minute: a price (ticks) and a traded volume (lot steps) for each of its moments. */
export type PricePath = { prices: number[]; volumes: number[] }

/**
 * Walks one minute candle in `moments` steps so that its open, high, low, close and volume come out exactly. A rising
 * candle visits its low first, a falling one its high, the usual convention; `random` decides when.
 */
export function pathThrough(candle: MinuteCandle, moments: number, random: Random): PricePath {
  const first = 1 + random.below(Math.max(1, moments - 3))
  const second = first + 1 + random.below(Math.max(1, moments - 2 - first))
  const rises = candle.close >= candle.open
  const anchors: [at: number, price: number][] = [
    [0, candle.open],
    [first, rises ? candle.low : candle.high],
    [second, rises ? candle.high : candle.low],
    [moments - 1, candle.close],
  ]
  const prices = Array.from({ length: moments }, (_, moment) => priceAt(moment, anchors, candle, random))
  return { prices, volumes: shares(candle.volume, moments, random) }
}

function priceAt(moment: number, anchors: [at: number, price: number][], candle: MinuteCandle, random: Random): number {
  const next = anchors.findIndex(([at]) => at >= moment)
  const [toMoment, toPrice] = anchors[next]
  if (toMoment === moment) return toPrice
  const [fromMoment, fromPrice] = anchors[next - 1]
  const straight = fromPrice + ((toPrice - fromPrice) * (moment - fromMoment)) / (toMoment - fromMoment)
  const noise = (candle.high - candle.low) * 0.1 * (random.next() - 0.5)
  return Math.min(candle.high, Math.max(candle.low, Math.round(straight + noise)))
}

/** Cuts a whole number into random whole parts that add up to it again. */
function shares(total: number, parts: number, random: Random): number[] {
  const weights = Array.from({ length: parts }, () => 0.2 + random.next())
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const cut = weights.map((weight) => Math.floor((total * weight) / sum))
  cut[parts - 1] += total - cut.reduce((all, share) => all + share, 0)
  return cut
}
