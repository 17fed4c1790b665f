import { candleCsv, type Candles } from "#engine/candles"
import { printText, report } from "../answer.ts"
import { writePieces } from "../file-output.ts"

/** Writes candles as CSV to a file (compressed when its name ends in .gz), or to stdout without a name or with "-". */
export async function writeCandles(candles: Candles, file: string | undefined): Promise<void> {
  if (file === undefined || file === "-") {
    for (const piece of candleCsv(candles)) await printText(piece)
    return
  }
  await writePieces(file, candleCsv(candles))
  report(`${candles.openTimeMs.length} candles written to ${file}`)
}
