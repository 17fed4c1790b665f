import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import { strategyFromJson, strategyWithValues } from "#engine/strategy"
import type { SavedRun } from "../../db/saved-run.ts"
import { templateOf } from "../../run/template-of.ts"
import { runDifferences } from "./run-differences.ts"

const NOON_MS = Date.UTC(2024, 4, 1, 12)

function run(id: string, ranAtMs: number, { address = "", days = 30, oversold = 30, market = "DEMO/USD" } = {}) {
  const checked = strategyFromJson(templateOf("rsi-dip")!.document)
  if (!checked.ok) throw new Error("A template is a strategy.")
  const openTimeMs = [HOUR_MS, HOUR_MS + days * DAY_MS]
  const document = strategyWithValues(checked.strategy, { oversold })
  const detail = { document, cash: 100, currency: "USD", curve: { openTimeMs, equity: [], holding: [] } }
  return { id, ranAtMs, address, market, strategy: "RSI dip", detail } as unknown as SavedRun
}

function told(...runs: SavedRun[]) {
  const differences = runDifferences(runs, "utc")
  return runs.map(({ id }) => {
    const { when, words } = differences.get(id)!
    return `${when}: ${words}`.replaceAll("\u202f", " ")
  })
}

test("of runs of one strategy each says what differs, and nothing that is the same", () => {
  expect(
    told(
      run("c", NOON_MS + 120_000, { oversold: 25, days: 20 }),
      run("b", NOON_MS + 60_000, { address: "?fee=0.4&fills=freqtrade&slippage=0.05" }),
      run("a", NOON_MS),
    ),
  ).toEqual([
    "1 May 2024, 12:02: Buy below 30 → 25, fee 0.1 %, slippage 0.05 %, conservative fills, 1 Jan 1970 to 21 Jan 1970",
    "1 May 2024, 12:01: rules as at first, fee 0.4 %, slippage 0 %, freqtrade fills, 1 Jan 1970 to 31 Jan 1970",
    "1 May 2024, 12:00: rules as at first, fee 0.1 %, slippage 0.05 %, conservative fills, 1 Jan 1970 to 31 Jan 1970",
  ])
})

test("runs of one minute say their second, and a run with nothing to be mistaken for says neither", () => {
  const [later, earlier, other] = told(
    run("b", NOON_MS + 7000, { address: "?fee=0.4" }),
    run("a", NOON_MS + 2000),
    run("c", NOON_MS, { market: "ETH/USD" }),
  )
  expect(later).toBe("1 May 2024, 12:00:07: fee 0.4 %")
  expect(earlier).toBe("1 May 2024, 12:00:02: fee 0.1 %")
  expect(other).toBe("1 May 2024, 12:00: ")
})
