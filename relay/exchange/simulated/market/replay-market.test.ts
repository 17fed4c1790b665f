import { createReadStream, existsSync } from "node:fs"
import { Readable } from "node:stream"
import { HOUR_MS, candlesFromRows, readCandleFile } from "#engine/candles"
import { expect, test } from "vitest"
import { replayMarketFrom } from "./replay-market.ts"
import { ask } from "../testing/raw-client.ts"
import { startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

const realCandles = new URL("../../../../../shared/data/binance-BTCUSDT-1m.csv.gz", import.meta.url).pathname

test("replayed real minutes come out as they were, and an order among them fills at their prices", async (context) => {
  context.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  const file = await readCandleFile(Readable.toWeb(createReadStream(realCandles)) as never, {})
  if (!file.ok) throw new Error(file.because)
  const replay = replayMarketFrom({ "BTC/USDT": file.candles })
  if (typeof replay === "string") throw new Error(replay)
  const exchange = await startSimulatedExchange({ speed: "stepped", ...replay }, realSurroundings())
  exchange.advance(120 * 60_000)
  const rows: string[][] = (
    await ask(exchange, "GET", "/api/v3/klines", { symbol: "BTCUSDT", interval: "1m", limit: 600 }, { unsigned: true })
  ).json()
  const closed = rows.filter(([, , , , , , closeMs]) => Number(closeMs) < exchange.exchange.state.venue.nowMs)
  expect(closed.length).toBeGreaterThan(590)
  for (const row of closed) {
    const at = file.candles.openTimeMs.indexOf(Number(row[0]))
    expect(row.slice(1, 5).map(Number)).toEqual([
      file.candles.open[at],
      file.candles.high[at],
      file.candles.low[at],
      file.candles.close[at],
    ])
    expect(Number(row[5])).toBeCloseTo(file.candles.volume[at], 4)
  }
  const order = (
    await ask(exchange, "POST", "/api/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.1" })
  ).json()
  expect(Number(order.fills[0].price)).toBeCloseTo(Number(rows.at(-1)![4]), -1)
  await exchange.stop()
})

test("longer candles and a name without a slash are refused with a sentence", () => {
  const hours = candlesFromRows([0, 1, 2].map((hour) => [hour * HOUR_MS, 1, 1, 1, 1, 1]) as never)
  if (!("candles" in hours) || !hours.candles) throw new Error("fixture")
  expect(replayMarketFrom({ "BTC/USDT": hours.candles })).toContain("one-minute candles only")
  expect(replayMarketFrom({ BTCUSDT: hours.candles })).toContain("write it as BTC/USDT")
})
