import { HOUR_MS, type Candles, candlesFromRows } from "#engine/candles"

/**
 * The market that ships with the app, so that there is a result before anybody has imported candles. Our own
 * generator made it up.
 */
export const sampleMarket = { id: "sample", name: "DEMO/USD", base: "DEMO", quote: "USD", timeframeMs: HOUR_MS }

const ADDRESS = "/sample/demo-usd-1h.csv.gz"

let candles: Promise<Candles> | undefined

/**
 * The sample's candles, fetched once; throws when the app's own file is missing or damaged. A failed try is not
 * cached.
 */
export function loadSampleCandles(): Promise<Candles> {
  candles ??= fetchCandles().catch((error: unknown) => {
    candles = undefined
    throw error
  })
  return candles
}

async function fetchCandles(): Promise<Candles> {
  const response = await fetch(ADDRESS)
  if (!response.ok)
    throw new Error("The sample market could not be fetched. Check the connection and reload; your own data is safe.")
  return sampleCandles(await response.arrayBuffer())
}

/**
 * The candles of the sample's file, a CSV, compressed with gzip or already unpacked by the browser. It is our own
 * file and the first visit waits for it: the reader for foreign files would be most of the code to fetch. Throws when
 * it is damaged.
 */
export async function sampleCandles(file: ArrayBuffer): Promise<Candles> {
  const [, ...lines] = (await textOf(file)).trimEnd().split("\n")
  const read = candlesFromRows(lines.map((line) => line.split(",")))
  if (!read.ok) throw new Error(`The sample market is damaged: ${read.because}`)
  return read.candles
}

function textOf(file: ArrayBuffer): Promise<string> {
  const isPacked = new Uint8Array(file)[0] === 0x1f
  const bytes = new Blob([file]).stream()
  return new Response(isPacked ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes).text()
}
