import { candleCsv, readCandleFile, type Candles } from "#engine/candles"
import { median } from "./interleaved.ts"

const RUNS = 5

/** A year of minutes read from a CSV file, checked row by row: wall-clock seconds. */
export async function measureCsvImport(candles: Candles): Promise<Record<"csvImportSeconds", number>> {
  const bytes = new TextEncoder().encode([...candleCsv(candles)].join(""))
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now()
    const read = await readCandleFile(new Blob([bytes]).stream())
    seconds.push((performance.now() - begin) / 1000)
    if (!read.ok || read.candles.close.length !== candles.close.length)
      throw new Error("The file was not read as it was written.")
  }
  return { csvImportSeconds: median(seconds) }
}
