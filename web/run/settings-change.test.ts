import { expect, test } from "vitest"
import { defaultSetup, type RunSetup } from "./run-setup.ts"
import { settingsChange, settingsChangeWords } from "./settings-change.ts"

test("a change holds what differs, as it was and as it is, and is named by what the person did", () => {
  const setup: RunSetup = { ...defaultSetup, fromMs: 5, shown: "eth" }
  const change = settingsChange(setup, {
    market: "btc",
    also: [],
    shown: undefined,
    fromMs: undefined,
    cash: undefined,
  })
  expect(change).toEqual({
    before: { market: "sample", shown: "eth", fromMs: 5 },
    after: { market: "btc", shown: undefined, fromMs: undefined },
  })
  expect(settingsChangeWords(change!)).toBe("Changed the market")
  expect(settingsChangeWords(settingsChange(setup, { venue: "coinbase", feePercent: 0.4 })!)).toBe(
    "Changed the exchange",
  )
})

test("every part of a setup that decides a result can be taken back", () => {
  const other: Required<Omit<RunSetup, "strategy" | "shown">> = {
    market: "btc",
    also: ["eth"],
    timeframe: "4h",
    params: { length: 3 },
    cash: 7,
    feePercent: 1,
    slippagePercent: 1,
    delayCandles: 2,
    fills: "freqtrade",
    leverage: 3,
    venue: "coinbase",
    unseenPercent: 20,
    fromMs: 1,
    toMs: 2,
  }
  for (const [name, value] of Object.entries(other))
    expect(settingsChange(defaultSetup, { [name]: value }), name).toEqual({
      before: { [name]: defaultSetup[name as keyof RunSetup] },
      after: { [name]: value },
    })
})

test("the same again, another strategy and another chart are no steps", () => {
  expect(settingsChange(defaultSetup, { feePercent: 0.1, also: [], params: {} })).toBeUndefined()
  expect(settingsChange(defaultSetup, { shown: "eth" })).toBeUndefined()
  expect(settingsChange(defaultSetup, { strategy: "grid", cash: 5 })).toBeUndefined()
})
