import { type Candles, readCandleFile } from "#engine"

/** The market that comes with the app, so that there is a result before anybody has brought candles. Made up by our own generator. */
export const sampleMarket = { id: "sample", name: "DEMO/USD", timeframeMs: 3_600_000 }

const ADDRESS = "/sample/demo-usd-1h.csv.gz"

let candles: Promise<Candles> | undefined

/** The sample's candles, fetched once; throws when the file that belongs to the app is missing or damaged. A failed try is not remembered. */
export function loadSampleCandles(): Promise<Candles> {
  candles ??= fetchCandles().catch((error: unknown) => {
    candles = undefined
    throw error
  })
  return candles
}

async function fetchCandles(): Promise<Candles> {
  const response = await fetch(ADDRESS)
  if (!response.ok || !response.body) throw new Error("The sample market could not be fetched. Check the connection and reload; your own data is safe.")
  const read = await readCandleFile(response.body)
  if (!read.ok) throw new Error(`The sample market is damaged: ${read.because}`)
  return read.candles
}
