import type { Candles } from "../candles.ts"
import { exp, ln } from "../elementary-function.ts"
import { candleMovesOf, candlesOfMoves, followsGap, movesAt } from "./candle-moves.ts"
import { SeededChance } from "./seeded-chance.ts"
import { shuffle, stationaryBlocks } from "./stationary-blocks.ts"

/**
 * The market's candles in random order: same first and last close (to a step of the price grid), same moves, volumes
 * and extra columns, no memory of any kind. Calm and wild stretches are gone too, so a strategy that only knows when
 * it is wild looks better on the real market than on these: `flippedMarket` is the fairer test. Candles after a gap
 * change places with each other only, as T. Masters, "Permutation and Randomization Tests for Trading System
 * Development" (2020) keeps nights apart from days.
 */
export function shuffledMarket(market: Candles, seed: number): Candles {
  const places = new Uint32Array(market.close.length).map((_, at) => at)
  const chance = new SeededChance(seed)
  // The first candle has no close before it and stays.
  const among = (isOurs: (at: number) => boolean) => {
    const ours = places.filter((at) => at > 0 && isOurs(at))
    const order = ours.slice()
    shuffle(order, chance)
    return { ours, order }
  }
  const gaps = among((at) => followsGap(market, at))
  const others = among((at) => !followsGap(market, at))
  for (const { ours, order } of [gaps, others]) ours.forEach((at, index) => (places[at] = order[index]))
  return candlesOfMoves(market, movesAt(candleMovesOf(market), places), places)
}

/**
 * The market with every candle's direction decided by a coin: as it was, or mirrored up for down around the market's
 * mean drift. Each candle keeps its moment, size, volume and extra columns, so it is wild and calm exactly when the real
 * one was, and no direction on any scale is left. Whoever has no sense of direction earns as much on these as on the
 * real market. The test is exact for moves that are symmetric around that drift given their size, however volatility
 * clusters (random signs: R. A. Fisher, "The Design of Experiments", 1935; for changing variance C. F. J. Wu, 1986);
 * only the drift is estimated. Shuffling within windows of some 60 candles would leave every trend longer than a window
 * in place and could not judge a slow strategy. What is lost: a market that falls faster than it rises does so no more;
 * the last close is the real one only on average of the logarithms.
 */
export function flippedMarket(market: Candles, seed: number): Candles {
  const moves = candleMovesOf(market)
  const chance = new SeededChance(seed)
  const count = market.close.length
  const drift = count > 1 ? ln(market.close[count - 1] / market.close[0]) / (count - 1) : 0
  // A move r above the drift m becomes one below it: m - (r - m) = 2 m - r.
  const twiceDrift = exp(2 * drift)
  for (let at = 1; at < count; at++) {
    if (chance.uniform() < 0.5) continue
    moves.opening[at] = twiceDrift / moves.opening[at]
    moves.close[at] = 1 / moves.close[at]
    const high = moves.high[at]
    moves.high[at] = 1 / moves.low[at]
    moves.low[at] = 1 / high
  }
  return candlesOfMoves(market, moves)
}

/** How another past is made of a market's blocks. */
export type Bootstrap = {
  seed: number
  /** How long a block is in the mean. */
  blockCandles: number
  /** Opening times, UTC ms, over which no block is carried: what was between two of them stays between them. */
  apartFromMs?: readonly number[]
}

/**
 * Another past of the market: blocks of its candles by the stationary bootstrap, some `blockCandles` long, so calm,
 * wild and trends shorter than that survive. Times and gaps stay where they are; what happened over a gap happens only
 * over gaps.
 */
export function bootstrappedMarket(market: Candles, { seed, blockCandles, apartFromMs = [] }: Bootstrap): Candles {
  const chance = new SeededChance(seed)
  const pieces = piecesOf(market, apartFromMs)
  const places = new Uint32Array(market.close.length)
  for (const { from, length } of pieces)
    places.set(
      stationaryBlocks(chance, { length, meanBlock: blockCandles }).map((at) => from + at),
      from,
    )
  const moves = candleMovesOf(market)
  const drawn = movesAt(moves, places)
  for (const { from, length } of pieces) {
    const ours = places.map((_, at) => at).subarray(from, from + length)
    const gaps = ours.filter((at) => followsGap(market, at))
    for (const at of ours) {
      const [isGap, wasGap] = [followsGap(market, at), followsGap(market, places[at])]
      if (isGap && !wasGap) drawn.opening[at] = moves.opening[gaps[Math.floor(chance.uniform() * gaps.length)]]
      if (!isGap && wasGap) drawn.opening[at] = 1
    }
  }
  drawn.opening[0] = 1
  return candlesOfMoves(market, drawn, places)
}

/** The market cut at these times, in places of its candles; pieces without a candle are left out. */
function piecesOf({ openTimeMs }: Candles, apartFromMs: readonly number[]): { from: number; length: number }[] {
  const inside = apartFromMs.map((ms) => openTimeMs.findIndex((openMs) => openMs >= ms)).filter((at) => at > 0)
  const starts = [...new Set([0, ...inside])].toSorted((a, b) => a - b)
  return starts.map((from, n) => ({ from, length: (starts[n + 1] ?? openTimeMs.length) - from }))
}
