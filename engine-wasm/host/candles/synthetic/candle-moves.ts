import { columnsBy, type CandleColumns, type Candles } from "../candles.ts"
import { NO_PRICE_GRID } from "../price-decimals.ts"

/**
 * A market as one move after the other: `opening` is open / the close before it, the others are high, low and close /
 * open. Quotients multiply as logarithms add, with the same bits everywhere. The first candle has no close before it:
 * its opening is 1.
 */
export type CandleMoves = { opening: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array }

/** The moves of a market's candles. */
export function candleMovesOf({ open, high, low, close }: Candles): CandleMoves {
  const moves = emptyMoves(close.length)
  for (let at = 0; at < close.length; at++) {
    moves.opening[at] = at === 0 ? 1 : open[at] / close[at - 1]
    moves.high[at] = high[at] / open[at]
    moves.low[at] = low[at] / open[at]
    moves.close[at] = close[at] / open[at]
  }
  return moves
}

/** The moves of these places, in their order. */
export function movesAt({ opening, high, low, close }: CandleMoves, places: Uint32Array): CandleMoves {
  return {
    opening: valuesAt(opening, places),
    high: valuesAt(high, places),
    low: valuesAt(low, places),
    close: valuesAt(close, places),
  }
}

function emptyMoves(length: number): CandleMoves {
  const column = () => new Float64Array(length)
  return { opening: column(), high: column(), low: column(), close: column() }
}

function valuesAt(column: Float64Array, places: Uint32Array): Float64Array {
  const values = new Float64Array(places.length)
  for (let at = 0; at < values.length; at++) values[at] = column[places[at]]
  return values
}

/** Whether candles are missing before this one: nights, weekends, outages. */
export function followsGap({ openTimeMs, timeframeMs }: Candles, at: number): boolean {
  return at > 0 && openTimeMs[at] - openTimeMs[at - 1] > timeframeMs
}

/** However the dice fall, a price stays within so many times its first, so that it is never 0 or endless. */
const FARTHEST = 1e9

/**
 * Candles made of moves, from the first candle's open on: times stay the market's, prices are on its grid. `places`
 * says whose volume and extra columns each candle has; without it everyone keeps his own.
 */
export function candlesOfMoves(market: Candles, moves: CandleMoves, places?: Uint32Array): Candles {
  const prices = columnsBy(() => new Float64Array(market.close.length))
  const toGrid = gridOf(market)
  const first = market.open[0]
  let close = first
  for (let at = 0; at < market.close.length; at++) {
    const open = close * moves.opening[at]
    prices.open[at] = toGrid(open)
    prices.high[at] = toGrid(open * moves.high[at])
    prices.low[at] = toGrid(open * moves.low[at])
    prices.close[at] = toGrid(open * moves.close[at])
    // The running price keeps its digits, or rounding would add up.
    close = Math.min(first * FARTHEST, Math.max(first / FARTHEST, open * moves.close[at]))
  }
  return { ...market, ...prices, ...travelling(market, places), openTimeMs: market.openTimeMs }
}

function travelling(market: Candles, places?: Uint32Array): Pick<Required<CandleColumns>, "volume" | "extra"> {
  if (places === undefined) return { volume: market.volume, extra: market.extra }
  const extra = Object.entries(market.extra).map(([name, column]) => [name, valuesAt(column, places)] as const)
  return { volume: valuesAt(market.volume, places), extra: Object.fromEntries(extra) }
}

/** Rounds to the market's price grid, at least one step of it. */
function gridOf({ priceDecimals }: Candles): (price: number) => number {
  if (priceDecimals >= NO_PRICE_GRID) return (price) => price
  const scale = Number(`1e${priceDecimals}`)
  return (price) => Math.max(1, Math.round(price * scale)) / scale
}
