import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { setupFromSearch } from "./run-setup.ts"
import { jobOf } from "./setup-job.ts"
import { templates } from "./template-of.ts"
import type { RunReport } from "./run-report.ts"
import { settingsWords } from "./settings-words.ts"

function words(search: Record<string, string>) {
  const job = jobOf(setupFromSearch(search), templates[0].document, [{ timeframeMs: HOUR_MS, quote: "USDT" }], "utc")
  const market = { currency: "USDT", name: "BTC/USDT" } as RunReport["market"]
  return settingsWords({ job, cash: job.cash, market, markets: [market], trades: [] }).replaceAll("\u202f", " ")
}

test("the usual settings in one line", () => {
  expect(words({})).toMatch(/^Starts with .*100\.00.*, fee 0\.1 %, slippage 0\.05 %, conservative fills\.$/)
})

test("unusual settings are listed too", () => {
  expect(words({ fee: "0", slippage: "0", delay: "1", leverage: "3", unseen: "30" })).toMatch(
    /fee 0 %, slippage 0 %, orders 1 candle late, conservative fills, leverage 3×, funding not counted \(0 % assumed\), the last 30 % left unseen\.$/,
  )
})

test("with another program's fills neither slippage nor delay counts, whatever they are set to", () => {
  for (const fills of ["freqtrade", "backtesting.py"])
    expect(words({ slippage: "0.2", delay: "3", fills })).toMatch(
      new RegExp(`fee 0\\.1 %, slippage 0 %, fills as ${fills} has them\\.$`),
    )
})
