// What each market's exchange asks of prices and quantities. Counted in whole ticks and lots.
import { asDecimal } from "../decimal"
import { MarketBook } from "./market-book"
import { MarketSetting } from "./setting"

let marketSettings: usize = 0

/** Where the broker finds the markets' rules: one row of MarketSetting for each. */
export function useMarketSettings(address: usize): void {
  marketSettings = address
}

/** One rule of a market. */
// @ts-ignore: decorator
@inline
export function marketSetting(number: i32, n: i32): f64 {
  return load<f64>(marketSettings + ((<usize>(number * MarketSetting.length + n)) << 3))
}

/** Changes one rule of a market. */
export function setMarketSetting(number: i32, n: i32, value: f64): void {
  store<f64>(marketSettings + ((<usize>(number * MarketSetting.length + n)) << 3), value)
}

/** Price to the market's tick: `up` to the next above, else to the next below; without a tick the decimal it is. */
export function toTick(book: MarketBook, price: f64, up: bool): f64 {
  const tick = marketSetting(book.number, MarketSetting.priceTick)
  if (price != price) return price
  if (tick <= 0) return asDecimal(price)
  const ticks = price / tick
  return multipleOf(tick, up ? ceil(ticks - slack(ticks)) : floor(ticks + slack(ticks)))
}

/** Quantity down to the market's step. Counted in whole lots: 0.3 in lots of 0.1 is 3, whatever f64 thinks. */
export function toStep(book: MarketBook, quantity: f64): f64 {
  const step = marketSetting(book.number, MarketSetting.quantityStep)
  if (step <= 0) return quantity
  const lots = quantity / step
  return multipleOf(step, floor(lots + slack(lots)))
}

const TOLERANCE: f64 = 1e-9
const RELATIVE_TOLERANCE: f64 = 1e-14

/**
 * How far from a whole number a count may be and still mean it: a bitcoin's price in cents is known to 2e-9 of one
 * only.
 */
function slack(count: f64): f64 {
  return max(TOLERANCE, abs(count) * RELATIVE_TOLERANCE)
}

/** n x step, as the nearest f64 to the decimal: 3 x 0.1 is 0.3. */
function multipleOf(step: f64, n: f64): f64 {
  const scale = scaleOf(step)
  return scale < MOST_DECIMALS ? (n * nearest(step * scale)) / scale : n * step
}

/** A market has two of them: the tick of its prices and the step of its quantities. */
let lastStep: f64 = NaN
let lastScale: f64 = NaN
let otherStep: f64 = NaN
let otherScale: f64 = NaN

/** The power of ten that makes the step whole. */
function scaleOf(step: f64): f64 {
  if (step == lastStep) return lastScale
  if (step == otherStep) return otherScale
  otherStep = lastStep
  otherScale = lastScale
  lastStep = step
  lastScale = findScale(step)
  return lastScale
}

function findScale(step: f64): f64 {
  let scale: f64 = 1
  while (scale < MOST_DECIMALS && !isWhole(step * scale)) scale *= 10
  return scale
}

const MOST_DECIMALS: f64 = 1e15

// @ts-ignore: decorator
@inline
function isWhole(value: f64): bool {
  return abs(value - nearest(value)) <= TOLERANCE * value
}
