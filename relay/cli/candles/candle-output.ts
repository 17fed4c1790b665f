import { createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import { candleCsv, type Candles } from "#engine/candles"
import { printText } from "../answer.ts"
import { HonestNo } from "../command.ts"

/** Writes candles as CSV to a file (packed when its name ends in .gz), or to stdout without a name or with "-". */
export async function writeCandles(candles: Candles, file: string | undefined): Promise<void> {
  if (file === undefined || file === "-") {
    for (const piece of candleCsv(candles)) await printText(piece)
    return
  }
  const rows = Readable.from(candleCsv(candles))
  const written = file.endsWith(".gz")
    ? pipeline(rows, createGzip(), createWriteStream(file))
    : pipeline(rows, createWriteStream(file))
  await written.catch((error: Error) => {
    throw new HonestNo(`"${file}" cannot be written: ${error.message}`)
  })
  process.stderr.write(`${candles.openTimeMs.length} candles written to ${file}\n`)
}
