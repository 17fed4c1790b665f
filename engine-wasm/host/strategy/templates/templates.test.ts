import { expect, test } from "vitest"
import { compileStrategy } from "../compile/compile.ts"
import { planInWords } from "../document/plain-words.ts"
import { checkStrategy } from "../document/strategy-check.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import { strategyTemplates } from "./templates.ts"

function documentOf({ document }: (typeof strategyTemplates)[number]): StrategyDocument {
  const read = strategyFromJson(JSON.stringify(document))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

test.each(strategyTemplates)("$id is a strategy that can be run at both ends of every slider", (template) => {
  const strategy = documentOf(template)
  const market = { timeframeMs: 60_000, priceDecimals: 2, leastDecimals: 2, firstPrice: 6_250, extra: [] }
  for (const end of ["value", "min", "max"] as const) {
    const params = Object.fromEntries(
      Object.entries(strategy.params).map(([name, param]) => [
        name,
        param.type === "bool" ? end !== "min" : param[end],
      ]),
    )
    const compiled = compileStrategy(strategy, { params, market })
    expect(compiled).toMatchObject({ ok: true, program: { signals: { enterLong: expect.any(Number) } } })
  }
})

test.each(strategyTemplates)("$id uses every param and series it has", (template) => {
  const checked = checkStrategy(documentOf(template))
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  expect(checked.report.flags.filter((flag) => flag.kind === "unusedParam" || flag.kind === "unusedSeries")).toEqual([])
})

test("only the one that says so trades without a stop", () => {
  const withoutStop = strategyTemplates.filter((template) => documentOf(template).protect.stopLoss.kind === "none")
  expect(withoutStop.map(({ id }) => id)).toEqual(["buy-and-hold"])
})

test("the dip buyer explains its plan in plain words", () => {
  const plan = planInWords(documentOf(strategyTemplates.find(({ id }) => id === "rsi-dip")!), { oversold: 25 })
  expect(plan.map(({ text }) => text)).toEqual([
    "It looks at every finished 1h candle on BTC/USDT.",
    "“strength” means the RSI of the price over 14 candles.",
    "“trend” means the 200-candle exponential average of the price.",
    "It buys when “strength” crosses below 25 and the price is above “trend”.",
    "It sells when “strength” is above 60.",
    "If the price goes 2.5 times its usual range (ATR over 14 candles) against the entry, the position is closed (stop loss).",
    "After 72 candles it closes whatever happened.",
    "Each position is sized so that its stop would cost about 1 % of the account, and never takes more than 50 % of it.",
    "It enters at the next available price (market order).",
    "At most 2 positions are open at once.",
    "After closing it waits 3 candles before the next entry.",
    "After losing 3 % in a day it opens nothing more that day.",
  ])
})
