// Names from the host: the document's params with their values, the candle file's further columns, the timeframe.
let params: string[] = []
let values: f64[] = []
let columns: string[] = []
let columnTotal: i32 = 0

/** Takes the params: zero-ended UTF-16 names one after another, and their values. */
export function setParams(count: i32, names: usize, numbers: usize): void {
  params = namesAt(names, count)
  values = []
  for (let n = 0; n < count; n++) values.push(load<f64>(numbers + ((<usize>n) << 3)))
}

/** Takes the names of the further columns, in memory order. */
export function setColumns(count: i32, names: usize): void {
  columns = namesAt(names, count)
  columnTotal = count
}

function namesAt(address: usize, count: i32): string[] {
  const names: string[] = []
  let at = address
  for (let n = 0; n < count; n++) {
    const end = endOfName(at)
    names.push(String.UTF16.decodeUnsafe(at, end - at))
    at = end + 2
  }
  return names
}

function endOfName(at: usize): usize {
  while (load<u16>(at) != 0) at += 2
  return at
}

/**
 * The value of a param by its name; true is 1, false is 0. Where the document has none of this name it is `declared`;
 * throws when that is NaN.
 */
export function paramValue(name: string, declared: f64): f64 {
  const at = params.indexOf(name)
  if (at < 0 && declared == declared) return declared
  if (at < 0) throw new Error("there is no param \"" + name + "\" in this strategy" + among(params))
  return values[at]
}

/** Index of a further column by its name. Throws when the candle file has none of this name. */
export function columnNumber(name: string): i32 {
  const at = columns.indexOf(name)
  if (at < 0) throw new Error("the candle file has no column \"" + name + "\"" + among(columns))
  return at
}

// Asked at every candle: the length of an array is a call with a stack frame here.
// @ts-ignore: decorator
@inline
export function columnCount(): i32 {
  return columnTotal
}

function among(names: string[]): string {
  return names.length == 0 ? "; it has none" : "; it has: " + names.join(", ")
}
