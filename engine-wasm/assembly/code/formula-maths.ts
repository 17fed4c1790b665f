// The formula language's operators where plain code would mean something else: with an unknown value (NaN), and where
// a strategy needs yes or no. Logic is Kleene's, as in operators/core.ts.
import { decimalPart, ratioOf, roomFor } from "../decimal"
import { hourOf, weekdayOf } from "../indicators/calendar"

/** Whether a value counts as met: known and not 0. */
export function isTrue(value: f64): bool {
  return value == value && value != 0
}

function truth(met: bool, a: f64, b: f64): f64 {
  return a == a && b == b ? <f64>met : NaN
}

export function less(a: f64, b: f64): f64 {
  return truth(a < b, a, b)
}

export function lessOrEqual(a: f64, b: f64): f64 {
  return truth(a <= b, a, b)
}

export function greater(a: f64, b: f64): f64 {
  return truth(a > b, a, b)
}

export function greaterOrEqual(a: f64, b: f64): f64 {
  return truth(a >= b, a, b)
}

export function equal(a: f64, b: f64): f64 {
  return truth(a == b, a, b)
}

export function notEqual(a: f64, b: f64): f64 {
  return truth(a != b, a, b)
}

export function and(a: f64, b: f64): f64 {
  return a == 0 || b == 0 ? 0 : truth(true, a, b)
}

export function or(a: f64, b: f64): f64 {
  return isTrue(a) || isTrue(b) ? 1 : truth(false, a, b)
}

export function not(a: f64): f64 {
  return truth(a == 0, a, a)
}

function amount(value: f64, a: f64, b: f64, parts: f64): f64 {
  return decimalPart(value, max(abs(value), max(abs(a), abs(b))), parts, roomFor(parts))
}

/** The sum of two amounts of price, as the decimal it means; `parts` of a tick are whole in it. */
export function plus(a: f64, b: f64, parts: f64): f64 {
  return amount(a + b, a, b, parts)
}

/** The difference of two amounts of price, as the decimal it means. */
export function minus(a: f64, b: f64, parts: f64): f64 {
  return amount(a - b, a, b, parts)
}

/** An amount of price times a number, as the decimal it means. */
export function times(a: f64, b: f64, parts: f64): f64 {
  return amount(a * b, a, a, parts)
}

/** An amount of price over a number, as the decimal or the part of one it means. */
export function over(a: f64, b: f64, parts: f64): f64 {
  return amount(a / b, a, a, parts)
}

/** One amount of price over another; equal ratios are one number. */
export function ratio(a: f64, b: f64, parts: f64): f64 {
  return ratioOf(a, b, parts, roomFor(parts))
}

/** `yes` where the condition is met, `no` where it is not, NaN where it is not known. */
export function pick(condition: f64, yes: f64, no: f64): f64 {
  return condition != condition ? NaN : condition != 0 ? yes : no
}

/** The nearest whole number; halves go away from zero. */
export function round(x: f64): f64 {
  return x < 0 ? -floor(0.5 - x) : floor(x + 0.5)
}

export function sign(x: f64): f64 {
  return x > 0 ? 1 : x < 0 ? -1 : x
}

export function clamp(x: f64, low: f64, high: f64): f64 {
  return min(max(x, low), high)
}

/** x, or y while x is not known. */
export function nz(x: f64, y: f64 = 0): f64 {
  return x != x ? y : x
}

/** Hour of the day at a candle's opening, 0 to 23, UTC. */
export function hour(openTimeMs: f64): f64 {
  return hourOf(openTimeMs)
}

/** Day of the week at a candle's opening, Monday 1 to Sunday 7, UTC. */
export function weekday(openTimeMs: f64): f64 {
  return weekdayOf(openTimeMs)
}

/** A value `candles` ago; NaN before there are so many. */
export class Ago {
  value: f64 = NaN
  private readonly values: StaticArray<f64>
  private seen: i32 = 0
  private at: i32 = 0

  constructor(candles: f64) {
    this.values = new StaticArray<f64>(max(<i32>candles, 0))
  }

  next(value: f64): f64 {
    const length = this.values.length
    if (length == 0) return (this.value = value)
    this.value = this.seen < length ? NaN : this.values[this.at]
    this.values[this.at] = value
    this.at = this.at + 1 == length ? 0 : this.at + 1
    if (this.seen < length) this.seen += 1
    return this.value
  }
}
