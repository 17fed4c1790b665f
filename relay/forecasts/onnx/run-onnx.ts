import { MOST_ELEMENTS, MOST_WINDOW } from "./onnx-limits.ts"
import type { OnnxAnswer, OnnxRows, OnnxSession } from "./onnx-session.ts"
import type { OnnxDescription } from "./describe-onnx.ts"

/** The features of a market: a column for each formula, and how many candles each row looks back. */
export type OnnxColumns = { columns: readonly Float64Array[]; window: number }

/** What is heard of a run while it lasts, and how it is ended early: by throwing. */
export type OnnxRun = { onProgress?(share: number): void; signal?: { throwIfAborted(): void } }

/** The most rows of one batch, and the most numbers: batches small enough that a pause between them comes often. */
const MOST_BATCH_ROWS = 1_024
const MOST_BATCH_NUMBERS = 1_000_000

/** Why these columns do not fit the model; undefined when they do. */
export function columnsProblem(model: OnnxDescription, { columns, window }: OnnxColumns): string | undefined {
  if (columns.length !== model.features)
    return `This model takes ${model.features} features and ${columns.length} are given.`
  if (!Number.isInteger(window) || window < 1 || window > MOST_WINDOW)
    return `A row must look back between 1 and ${MOST_WINDOW.toLocaleString("en")} candles.`
  if (model.window !== "any" && window !== model.window)
    return `This model looks back ${model.window} candles and ${window} are given.`
  if ((model.input.rows ?? 0) * window * columns.length > MOST_ELEMENTS)
    return `This model takes ${model.input.rows} rows at once, which is too much with ${window} candles each.`
  return undefined
}

/**
 * Asks the model for every candle. NaN where a feature is not known yet, or where fewer candles came before than the
 * window has. Throws only what `signal` throws.
 */
export async function runOnnx(session: OnnxSession, given: OnnxColumns, run: OnnxRun = {}): Promise<OnnxAnswer> {
  const problem = columnsProblem(session.model, given)
  if (problem !== undefined) return { ok: false, because: problem }
  const values = new Float64Array(given.columns[0].length).fill(NaN)
  const candles = completeCandles(given)
  const most = batchRows(session.model, given)
  for (let done = 0; done < candles.length; done += most) {
    run.signal?.throwIfAborted()
    const batch = candles.subarray(done, done + most)
    const answer = await session.predict(rowsOf(given, batch, session.model.input.rows ?? batch.length))
    if (!answer.ok) return answer
    batch.forEach((candle, row) => (values[candle] = answer.values[row]))
    run.onProgress?.(Math.min(1, (done + batch.length) / candles.length))
  }
  run.signal?.throwIfAborted()
  return { ok: true, values }
}

/** The candles at which every feature of the whole window is a number that 32 bits can hold. */
function completeCandles({ columns, window }: OnnxColumns): Int32Array {
  const candles: number[] = []
  let complete = 0
  for (let candle = 0; candle < columns[0].length; candle++) {
    const known = columns.every((column) => Number.isFinite(Math.fround(column[candle])))
    complete = known ? complete + 1 : 0
    if (complete >= window) candles.push(candle)
  }
  return Int32Array.from(candles)
}

function batchRows({ input }: OnnxDescription, { columns, window }: OnnxColumns): number {
  const fitting = Math.floor(MOST_BATCH_NUMBERS / (columns.length * window))
  return input.rows ?? Math.max(1, Math.min(MOST_BATCH_ROWS, fitting))
}

/** The numbers of a batch; a file that fixes its rows gets the missing ones as zeros. */
function rowsOf({ columns, window }: OnnxColumns, candles: Int32Array, rows: number): OnnxRows {
  const numbers = new Float32Array(rows * window * columns.length)
  let at = 0
  for (const candle of candles)
    for (let then = candle - window + 1; then <= candle; then++)
      for (const column of columns) numbers[at++] = column[then]
  return { numbers, rows, window }
}
