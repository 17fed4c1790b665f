// Decimals as they are meant: 10 % above 1.10 is 1.21, though f64 makes it 1.2100000000000002. A price that a candle
// file writes is the double nearest to its decimal; so is what is made of prices here, and equal amounts compare equal,
// whatever unit they are in. Looks at nothing but the numbers themselves: no candle to come has a say in it.

/** A value whose size counts 10^13 to 10^14 of the unit: 14 digits, which f64 holds with two to spare. */
const LEAST_COUNT: f64 = 1e13
const MOST_COUNT: f64 = 1e14
/** 10^22 is the last power of ten f64 holds exactly. */
const FINEST: f64 = 1e22
/** What few operations lose, as a share of their largest number. */
const ROUNDING: f64 = 2 ** -50

/** The power of ten used last: numbers of one market are of one size. */
let unitsPerOne: f64 = 1

/** How many units make one, for numbers of this size. */
// @ts-ignore: decorator
@inline
function unitsFor(size: f64): f64 {
  const count = size * unitsPerOne
  return count >= LEAST_COUNT && count < MOST_COUNT ? unitsPerOne : findUnits(size)
}

function findUnits(size: f64): f64 {
  let units = unitsPerOne
  while (size * units < LEAST_COUNT && units < FINEST) units *= 10
  while (size * units >= MOST_COUNT && units > 1) units /= 10
  unitsPerOne = units
  return units
}

/** A level or another figure made of one number of this size: the decimal it lies at but for rounding, or as it is. */
export function decimal(value: f64, size: f64): f64 {
  const units = unitsFor(size * 10)
  const count = value * units
  const whole = nearest(count)
  if (!isWhole(count, whole, size * units)) return value
  const made = whole / units
  if (abs(made) <= 10 * size) lastMade = made
  return made
}

/** The last decimal made of a number that was a tenth of it or more: of its own size it has no more than 14 digits. */
let lastMade: f64 = NaN

/** The decimal of a figure of its own size. One that `decimal` has just made is one: counted again, it is whole again. */
// @ts-ignore: decorator
@inline
export function asDecimal(value: f64): f64 {
  return value == lastMade ? value : decimal(value, abs(value))
}

// @ts-ignore: decorator
@inline
function isWhole(count: f64, whole: f64, size: f64): bool {
  return abs(count - whole) <= size * ROUNDING
}

/** How many parts make one, for numbers of this size. */
// @ts-ignore: decorator
@inline
function partsFor(size: f64, parts: f64): f64 {
  let count = unitsFor(size) * parts
  while (count > FINEST && count > parts) count /= 10
  return count
}

/**
 * The same for a value that is a whole number of a decimal's `parts`-th parts, as an average of three prices is of
 * thirds. `room` is what its count may be larger by: a power of ten.
 */
export function decimalPart(value: f64, size: f64, parts: f64, room: f64): f64 {
  const units = partsFor(size * room, parts)
  const count = value * units
  const whole = nearest(count)
  return isWhole(count, whole, size * units) ? whole / units : value
}

/** The room that counts in so many parts take. */
export function roomFor(parts: f64): f64 {
  let room: f64 = 10
  while (room < parts) room *= 10
  return room
}

/** One amount over another, each counted in whole parts where both are: equal ratios are one number. */
export function ratioOf(a: f64, b: f64, parts: f64, room: f64): f64 {
  const size = max(abs(a), abs(b))
  const units = partsFor(size * room, parts)
  const over = nearest(a * units)
  const under = nearest(b * units)
  const slack = size * units * ROUNDING
  return abs(a * units - over) <= slack && abs(b * units - under) <= slack ? over / under : a / b
}
