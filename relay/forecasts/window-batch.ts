import { MOST_DEVIATIONS } from "#engine/run"
import type { LstmRequest } from "./lstm-request.ts"

/** The features of some windows, candle by candle, as tfjs reads them: [example][candle][feature]. */
export function windowValues(
  { columns, windowCandles }: Pick<LstmRequest, "columns" | "windowCandles">,
  examples: Int32Array,
): Float32Array {
  const values = new Float32Array(examples.length * windowCandles * columns.length)
  let at = 0
  for (const last of examples)
    for (let candle = last - windowCandles + 1; candle <= last; candle++)
      for (const column of columns) values[at++] = withinDeviations(column[candle])
  return values
}

function withinDeviations(value: number) {
  return Math.min(MOST_DEVIATIONS, Math.max(-MOST_DEVIATIONS, value))
}

/** Examples in pieces of at most `size`: views, not copies. */
export function* batches(examples: Int32Array, size: number): Generator<Int32Array> {
  for (let from = 0; from < examples.length; from += size) yield examples.subarray(from, from + size)
}
