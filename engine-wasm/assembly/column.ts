/** Candles per block in a backtest; a live bot uses blocks of one. */
export const BLOCK: i32 = 1024
/** Bytes from one output column of an operator to its next. */
export const COLUMN_BYTES: usize = 8192

/** Value i of a column. */
// @ts-ignore: decorator
@inline
export function get(column: usize, i: i32): f64 {
  return load<f64>(column + ((<usize>i) << 3))
}

/** Sets value i of a column. */
// @ts-ignore: decorator
@inline
export function set(column: usize, i: i32, value: f64): void {
  store<f64>(column + ((<usize>i) << 3), value)
}

/** Address of the n-th source column in an instruction's list of sources. */
// @ts-ignore: decorator
@inline
export function source(sources: usize, n: i32): usize {
  return <usize>load<u32>(sources + ((<usize>n) << 2))
}

/** The n-th number of an operator's parameters. */
// @ts-ignore: decorator
@inline
export function number(numbers: usize, n: i32): f64 {
  return load<f64>(numbers + ((<usize>n) << 3))
}
