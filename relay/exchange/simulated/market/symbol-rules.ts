import { type Decimal, decimalFrom, formatDecimal, greatest, ONE } from "../decimal.ts"

export const symbolStatuses = ["TRADING", "HALT", "BREAK", "CANCEL_ONLY", "END_OF_DAY"] as const
export type SymbolStatus = (typeof symbolStatuses)[number]

/** What may be ordered on one market. Prices are quote per base unit, quantities base units. */
export type SymbolRules = {
  symbol: string
  base: string
  quote: string
  status: SymbolStatus
  tickSize: Decimal
  minPrice: Decimal
  maxPrice: Decimal
  stepSize: Decimal
  minQuantity: Decimal
  maxQuantity: Decimal
  maxMarketQuantity: Decimal
  minNotional: Decimal
  maxNotional: Decimal
  /** How far from the 5 minute average price an order may be priced, as factors. */
  priceUp: Decimal
  priceDown: Decimal
  maxOrders: number
  maxAlgoOrders: number
  maxOrderLists: number
  minTrailingDelta: number
  maxTrailingDelta: number
  /** Most of the base asset the account may hold; 0 for no limit. */
  maxPosition: Decimal
  /** It takes no order list whose exits sell what its entry received. */
  forbidsOpo?: boolean
  /** Start of the synthetic price, and the volume of a usual minute (base units). */
  startPrice: number
  minuteVolume: number
}

/** The few values that differ between markets. */
export type Sketch = Pick<SymbolRules, "base" | "quote" | "startPrice" | "minuteVolume"> & {
  tick: string
  step: string
  minNotional: string
}

const sketches: Sketch[] = [
  { base: "BTC", quote: "USDT", startPrice: 60_000, minuteVolume: 14, tick: "0.01", step: "0.00001", minNotional: "5" },
  { base: "ETH", quote: "USDT", startPrice: 3_000, minuteVolume: 180, tick: "0.01", step: "0.0001", minNotional: "5" },
  { base: "BNB", quote: "USDT", startPrice: 550, minuteVolume: 120, tick: "0.1", step: "0.001", minNotional: "5" },
  { base: "SOL", quote: "USDT", startPrice: 150, minuteVolume: 900, tick: "0.01", step: "0.001", minNotional: "5" },
  {
    base: "ETH",
    quote: "BTC",
    startPrice: 0.05,
    minuteVolume: 15,
    tick: "0.00001",
    step: "0.001",
    minNotional: "0.0001",
  },
]

/** The markets of a fresh simulated exchange. */
export function defaultSymbols(): SymbolRules[] {
  return sketches.map((sketch) => rulesFor(sketch))
}

/** The rules of one market from the few values that differ between markets, and its name. */
export function rulesFor(sketch: Sketch, symbol = sketch.base + sketch.quote): SymbolRules {
  const tickSize = decimalFrom(sketch.tick)
  const stepSize = decimalFrom(sketch.step)
  const wrong = gridProblem(tickSize, stepSize)
  if (wrong !== undefined) throw new Error(`${sketch.base}${sketch.quote}: ${wrong}`)
  return {
    symbol,
    base: sketch.base,
    quote: sketch.quote,
    status: "TRADING",
    tickSize,
    minPrice: tickSize,
    maxPrice: greatest(1_000_000n, BigInt(Math.ceil(sketch.startPrice)) * 1_000n) * ONE,
    stepSize,
    minQuantity: stepSize,
    maxQuantity: 9_000n * ONE,
    maxMarketQuantity: 1_000n * ONE,
    minNotional: decimalFrom(sketch.minNotional),
    maxNotional: 9_000_000n * ONE,
    priceUp: 5n * ONE,
    priceDown: ONE / 5n,
    maxOrders: 200,
    maxAlgoOrders: 5,
    maxOrderLists: 20,
    minTrailingDelta: 10,
    maxTrailingDelta: 2000,
    maxPosition: 0n,
    startPrice: sketch.startPrice,
    minuteVolume: sketch.minuteVolume,
  }
}

/** Why prices and quantities cannot use such a grid; undefined when they can. */
export function gridProblem(tickSize: Decimal, stepSize: Decimal): string | undefined {
  for (const size of [tickSize, stepSize])
    if (size <= 0n || (ONE % size !== 0n && size % ONE !== 0n))
      return "tick and step must be whole parts of 1, or whole"
  return (tickSize * stepSize) % ONE === 0n ? undefined : "tick times step is finer than 8 places"
}

/** The `filters` of exchangeInfo. */
export function filtersOf(rules: SymbolRules) {
  const text = formatDecimal
  return [
    {
      filterType: "PRICE_FILTER",
      minPrice: text(rules.minPrice),
      maxPrice: text(rules.maxPrice),
      tickSize: text(rules.tickSize),
    },
    {
      filterType: "LOT_SIZE",
      minQty: text(rules.minQuantity),
      maxQty: text(rules.maxQuantity),
      stepSize: text(rules.stepSize),
    },
    { filterType: "ICEBERG_PARTS", limit: 10 },
    { filterType: "MARKET_LOT_SIZE", minQty: text(0n), maxQty: text(rules.maxMarketQuantity), stepSize: text(0n) },
    { filterType: "TRAILING_DELTA", ...trailingBounds(rules) },
    {
      filterType: "PERCENT_PRICE_BY_SIDE",
      bidMultiplierUp: short(rules.priceUp),
      bidMultiplierDown: short(rules.priceDown),
      askMultiplierUp: short(rules.priceUp),
      askMultiplierDown: short(rules.priceDown),
      avgPriceMins: 5,
    },
    {
      filterType: "NOTIONAL",
      minNotional: text(rules.minNotional),
      applyMinToMarket: true,
      maxNotional: text(rules.maxNotional),
      applyMaxToMarket: false,
      avgPriceMins: 5,
    },
    { filterType: "MAX_NUM_ORDERS", maxNumOrders: rules.maxOrders },
    { filterType: "MAX_NUM_ORDER_LISTS", maxNumOrderLists: rules.maxOrderLists },
    { filterType: "MAX_NUM_ALGO_ORDERS", maxNumAlgoOrders: rules.maxAlgoOrders },
    ...(rules.maxPosition > 0n ? [{ filterType: "MAX_POSITION", maxPosition: text(rules.maxPosition) }] : []),
  ]
}

function trailingBounds(rules: SymbolRules) {
  const [min, max] = [rules.minTrailingDelta, rules.maxTrailingDelta]
  return {
    minTrailingAboveDelta: min,
    maxTrailingAboveDelta: max,
    minTrailingBelowDelta: min,
    maxTrailingBelowDelta: max,
  }
}

function short(factor: Decimal): string {
  return formatDecimal(factor).replace(/\.?0+$/, "")
}
