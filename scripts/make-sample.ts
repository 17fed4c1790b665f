// Writes the app's sample market as a file for the command line: `npx tsx scripts/make-sample.ts`. We made it up, so
// that we ship nobody's data.
import { mkdir, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { gzipSync } from "fflate"
import { candleCsv } from "../engine-wasm/host/candles/file/candle-csv.ts"
import { sampleCandles } from "../web/db/sample-market.ts"

/** The sample's path, from the project's root. */
export const samplePath = "public/sample/demo-usd-1h.csv.gz"

/** The sample as a gzip CSV file. Packed by fflate, whose bytes depend neither on the machine nor on Node's zlib. */
export function sampleFile(): Uint8Array {
  const text = [...candleCsv(sampleCandles())].join("")
  return gzipSync(new TextEncoder().encode(text), { level: 9, mtime: 0 })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(new URL("../public/sample/", import.meta.url), { recursive: true })
  await writeFile(new URL(`../${samplePath}`, import.meta.url), sampleFile())
}
