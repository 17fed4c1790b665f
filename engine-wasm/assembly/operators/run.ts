// The plain loops most operators run: one candle after the other through the indicator's own `next`.
import { get, set, source } from "../column"

/** One series in, one out. */
export function runValue<T>(count: i32, destination: usize, sources: usize, state: usize): void {
  const indicator = changetype<T>(state)
  const values = source(sources, 0)
  for (let i = 0; i < count; i++) set(destination, i, indicator.next(get(values, i)))
}

/** Two series in (two arguments, or high and low), one out. */
export function runPair<T>(count: i32, destination: usize, sources: usize, state: usize): void {
  const indicator = changetype<T>(state)
  const a = source(sources, 0)
  const b = source(sources, 1)
  for (let i = 0; i < count; i++) set(destination, i, indicator.next(get(a, i), get(b, i)))
}

/** Three series in (high, low, close), one out. */
export function runThree<T>(count: i32, destination: usize, sources: usize, state: usize): void {
  const indicator = changetype<T>(state)
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  for (let i = 0; i < count; i++) set(destination, i, indicator.next(get(a, i), get(b, i), get(c, i)))
}

/** Four series in (high, low, close, volume, or open, high, low, close), one out. */
export function runFour<T>(count: i32, destination: usize, sources: usize, state: usize): void {
  const indicator = changetype<T>(state)
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  const d = source(sources, 3)
  for (let i = 0; i < count; i++) set(destination, i, indicator.next(get(a, i), get(b, i), get(c, i), get(d, i)))
}

/** Five series in (high, low, close, volume, time), one out. */
export function runFive<T>(count: i32, destination: usize, sources: usize, state: usize): void {
  const indicator = changetype<T>(state)
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  const d = source(sources, 3)
  const e = source(sources, 4)
  for (let i = 0; i < count; i++) set(destination, i, indicator.next(get(a, i), get(b, i), get(c, i), get(d, i), get(e, i)))
}
