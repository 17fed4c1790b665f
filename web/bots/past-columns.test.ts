import { expect, test } from "vitest"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { barsFor, columnsOf } from "./past-columns.ts"

const candle = (openTimeMs: number, close: string) => ({
  openTimeMs,
  open: "1",
  high: "9",
  low: "0.5",
  close,
  volume: "2",
})

test("a life is shown in bars of the bot's own candles, and in wider ones where there would be too many", () => {
  expect(barsFor("1m", 60 * MINUTE_MS)).toBe("1m")
  expect(barsFor("1m", 3_000 * MINUTE_MS)).toBe("1m")
  expect(barsFor("1m", 7 * DAY_MS)).toBe("5m")
  expect(barsFor("1h", 30 * DAY_MS)).toBe("1h")
  expect(barsFor("1d", 100_000 * DAY_MS)).toBe("1w")
})

test("each bar has what the bot was worth at its end, and how far that is below its highest", () => {
  const candles = [candle(0, "10"), candle(MINUTE_MS, "20"), candle(2 * MINUTE_MS, "5"), candle(3 * MINUTE_MS, "5")]
  const equity = [
    { atMs: 4 * MINUTE_MS, equity: "90" },
    { atMs: 2 * MINUTE_MS, equity: "120" },
    { atMs: MINUTE_MS, equity: "100" },
  ]
  const columns = columnsOf(candles, { barMs: MINUTE_MS, equity })
  expect([...columns.equity]).toEqual([100, 120, 120, 90])
  expect([...columns.holding]).toEqual([100, 200, 50, 50])
  expect([...columns.underwaterPercent]).toEqual([0, 0, 0, -25])
  expect([...columns.close]).toEqual([10, 20, 5, 5])
})
