import { lookAhead, type ByteStream } from "./byte-pieces.ts"
import { unpackedPieces, type CandleFileOptions } from "./candle-file.ts"
import { CsvCells } from "./csv-cells.ts"
import { separatorOf } from "./csv-sample.ts"
import { toUtf8From } from "./csv-encoding.ts"
import { guessedMapping, type CsvPreview } from "./csv-mapping.ts"
import { textFromBytes } from "./csv-number.ts"

const ENOUGH_BYTES = 65_536
const MOST_ROWS = 8

/**
 * The first lines of a table of text, plain or compressed, to ask the user about its columns. For files refused as
 * `mappable`.
 */
export async function previewCsv(
  stream: ByteStream,
  options: Pick<CandleFileOptions, "entry"> = {},
): Promise<CsvPreview> {
  const { first, pieces } = await lookAhead(unpackedPieces(stream, options), ENOUGH_BYTES)
  await pieces.return(undefined)
  const bytes = toUtf8From(first)(first, true)
  const rows = linesOf(bytes)
    .slice(0, MOST_ROWS)
    .map(([start, end]) => cellsOf(bytes, start, end))
  return { rows, guess: guessedMapping(rows) }
}

function linesOf(bytes: Uint8Array): [start: number, end: number][] {
  const lines: [number, number][] = []
  for (let start = 0; start < bytes.length && lines.length < MOST_ROWS;) {
    const found = bytes.indexOf(10, start)
    const stop = found < 0 ? bytes.length : found
    const end = bytes[stop - 1] === 13 ? stop - 1 : stop
    if (end > start && bytes[start] !== 35) lines.push([start, end])
    start = stop + 1
  }
  return lines
}

function cellsOf(bytes: Uint8Array, start: number, end: number): string[] {
  const cells = new CsvCells()
  cells.split(bytes, start, end, separatorOf(bytes, start, end))
  return Array.from({ length: Math.min(cells.count, cells.starts.length) }, (_, at) =>
    textFromBytes(bytes, cells.starts[at], cells.ends[at]),
  )
}
