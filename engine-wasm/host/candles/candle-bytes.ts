import { candleColumnNames, type Candles } from "./candles.ts"

/**
 * The bytes we hash for candles: the columns times, open, high, low, close, volume one after another as little-endian
 * f64 (8 bytes a value), then each extra column in order of name: its name in UTF-8 and its values. Equal candles
 * give equal bytes everywhere.
 */
export function candleBytes(candles: Candles): Uint8Array<ArrayBuffer> {
  const extras = Object.keys(candles.extra)
    .toSorted()
    .flatMap((name) => [new TextEncoder().encode(name), littleEndian(candles.extra[name])])
  return joinBytes([...candleColumnNames.map((name) => littleEndian(candles[name])), ...extras])
}

// Everything that runs WebAssembly and JavaScript side by side today is little-endian, so a column's memory already
// has the form we want.
function littleEndian(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

/** One array holding all parts in order. */
export function joinBytes(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** One column with all of these in order. */
export function joinColumns(columns: Float64Array[]): Float64Array {
  return new Float64Array(joinBytes(columns.map(littleEndian)).buffer)
}
