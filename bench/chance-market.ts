import { candlesFromColumns, HOUR_MS, SeededChance, type Candles } from "#engine/candles"

/** Markets without anything to find, each a kind of chance; and two in which trends last long enough to be found. */
export const chanceKinds = ["walk", "rising", "clustered", "leaping", "skewed"] as const
export const trendKinds = ["trends", "faintTrends"] as const
export type MarketKind = (typeof chanceKinds)[number] | (typeof trendKinds)[number]

/** One move of the logarithm of the price. */
type Move = (chance: SeededChance) => number

/** A market keeps what it remembers between two moves. */
const kinds: Record<MarketKind, () => Move> = {
  walk: () => (chance) => VOLATILITY * chance.bell(),
  rising: () => (chance) => 0.00012 + VOLATILITY * chance.bell(),
  clustered,
  leaping: () => (chance) => VOLATILITY * chance.bell() * chance.tailFactor(),
  skewed: () => (chance) => VOLATILITY * (-Math.log(1 - chance.uniform()) - 1),
  trends: () => trending(0.001),
  faintTrends: () => trending(0.0007),
}

/** Of an hour. */
const VOLATILITY = 0.006
/** A trend lasts so many hours on average. */
const TREND_HOURS = 240

/** GARCH(1, 1): T. Bollerslev (1986). */
function clustered(): Move {
  let [variance, last] = [VOLATILITY * VOLATILITY, 0]
  return (chance) => {
    variance = 0.05 * VOLATILITY * VOLATILITY + 0.1 * last * last + 0.85 * variance
    return (last = Math.sqrt(variance) * chance.bell())
  }
}

function trending(drift: number): Move {
  let direction = 1
  return (chance) => {
    if (chance.uniform() < 1 / TREND_HOURS) direction = chance.uniform() < 0.5 ? -1 : 1
    return direction * drift + VOLATILITY * chance.bell()
  }
}

/** Hours of a made market with prices in cents. */
export function chanceMarket(kind: MarketKind, { seed, candles }: { seed: number; candles: number }): Candles {
  const chance = new SeededChance(seed)
  const move = kinds[kind]()
  const column = () => new Float64Array(candles)
  const columns = {
    openTimeMs: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  }
  let price = 100
  for (let at = 0; at < candles; at++) {
    const [open, close] = [price, price * Math.exp(move(chance))]
    const wick = () => 1 + 0.5 * VOLATILITY * chance.uniform()
    columns.openTimeMs[at] = at * HOUR_MS
    columns.open[at] = cents(open)
    columns.close[at] = cents(close)
    columns.high[at] = cents(Math.max(open, close) * wick())
    columns.low[at] = cents(Math.min(open, close) / wick())
    columns.volume[at] = 10
    price = close
  }
  const made = candlesFromColumns(columns)
  if (!made.ok) throw new Error(made.because)
  return made.candles
}

function cents(price: number): number {
  return Math.max(1, Math.round(price * 100)) / 100
}
