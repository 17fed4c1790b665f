import { printText } from "../answer.ts"
import { seriesInWords } from "./candles-list.ts"
import { chosenSeries, withCandleStore } from "./candles-store.ts"
import { neededOption, noPositionals, readWords, candleTimeframeOption } from "../command.ts"

const options = {
  market: { type: "string" },
  venue: { type: "string" },
  timeframe: { type: "string" },
  data: { type: "string" },
} as const

/** `candlewright candles remove`: deletes the kept candles of one market and timeframe. */
export async function candlesRemove(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const { venue } = values
  const market = neededOption("market", values.market)
  const timeframe = candleTimeframeOption(neededOption("timeframe", values.timeframe))!
  const removed = await withCandleStore(values.data, async (store) => {
    const series = { ...(await chosenSeries(store, { market, venue, timeframe })), timeframe }
    return (await store.remove(series)) ? series : undefined
  })
  await printText(
    removed === undefined ? `No ${timeframe} candles of ${market} are kept.\n` : `Removed ${seriesInWords(removed)}.\n`,
  )
}
