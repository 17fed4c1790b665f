import { expect, test } from "vitest"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { madeModel } from "../../../testing/made-model.ts"
import { completionsAt, helpAt } from "./formula-completion.ts"

const document: WrittenStrategy = {
  format: "candlewright.strategy/1",
  name: "t",
  timeframe: "1h",
  params: { oversold: { label: "Buy below", type: "int", value: 30, min: 5, max: 50 } },
  series: { bands: "bbands(close, 20)", said: 'forecast("rise")' },
  models: {
    rise: madeModel({ readyFromMs: [1] }),
    gain: madeModel({ readyFromMs: [1], kind: "ridge", target: "return" }),
  },
  long: { enter: { all: ["close > 1"] } },
}

/** The formula with `|` where the caret is. */
const at = (text: string) => [text.replace("|", ""), text.indexOf("|"), document] as const
const inserted = (text: string) => completionsAt(...at(text)).items.map(({ insert }) => insert)

test("a name is completed by what begins like it, a function with its usual numbers", () => {
  expect(inserted("rs|")[0]).toBe("rsi(close, 14)")
  expect(inserted("rsi| (close)")[0]).toBe("rsi(close, 14)")
  expect(inserted("rsi|(close)")[0]).toBe("rsi")
  expect(inserted("close > ov|")[0]).toBe("oversold")
  expect(inserted("hammer|")).toContain("cdlhammer()")
})

test("after a dot come the outputs of what is before it, after @ the timeframes, inside a number nothing", () => {
  expect(inserted("macd(close, 12, 26, (9)).|")).toEqual(["line", "signal", "histogram"])
  expect(inserted("bands.u|")).toEqual(["upper"])
  expect(inserted("position.|")).toContain("profitPercent")
  expect(inserted("close @ 1|")).toEqual(["1m", "15m", "1h", "12h", "1d", "1w", "1M"])
  expect(inserted("close > 3|")).toEqual([])
})

test("the name at the caret is explained, or the function whose brackets are open there", () => {
  expect(helpAt(...at("rs|i(close, 14)"))?.signature).toBe("rsi(source = close, length = 14)")
  expect(helpAt(...at("rsi(close, |14)"))?.signature).toBe("rsi(source = close, length = 14)")
  expect(helpAt(...at("macd(close).|"))).toBeUndefined()
  expect(helpAt(...at("over|sold"))?.about).toContain("now 30, 5 to 50")
})

test("of a forecast only what its model answers is offered, under whatever name it is asked", () => {
  expect(inserted("rise|")[0]).toBe('forecast("rise")')
  expect(inserted('forecast("rise").|')).toEqual(["value", "probability"])
  expect(inserted('close > forecast("gain").|')).toEqual(["value", "probability", "low", "high"])
  expect(inserted("said.|")).toEqual(["value", "probability"])
})
