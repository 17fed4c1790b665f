import { expect, test } from "vitest"
import { madeModel } from "../../../testing/made-model.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { convertToCode } from "../code/convert-to-code.ts"
import { checkStrategy } from "../document/strategy-check.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"

test("a model that nothing asks is pointed out, and so is one that is asked about a market it never learnt from", () => {
  const model = madeModel({ readyFromMs: [10 * HOUR_MS] })
  const document = (markets: string[], asked: string) => ({
    format: "candlewright.strategy/1",
    name: "With models",
    timeframe: "1h",
    markets,
    models: { mine: model, spare: model },
    long: { enter: { all: [asked] } },
  })
  const flags = (written: unknown) => {
    const read = strategyFromJson(written)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const checked = checkStrategy(read.strategy)
    return checked.ok ? checked.report.flags.map(({ kind }) => kind) : checked.problems
  }
  const asked = 'forecast("mine").probability > 0.5'
  expect(flags(document(["MADE/UP"], asked))).toEqual(expect.arrayContaining(["unusedModel"]))
  expect(flags(document(["MADE/UP"], asked))).not.toContain("otherMarket")
  expect(flags(document(["BTC/USDT"], asked))).toContain("otherMarket")
})

test.each([
  ['forecast("other") > 0', /no model `other`/],
  ["forecast(close) > 0", /in double quotes/],
  ['forecast("mine").confidence > 0', /a forecast has \.value \.probability \.low \.high/],
  ['regime("mine") == 1', /makes forecasts; write `forecast\("mine"\)`/],
  ['forecast("mine") @ 1d > 0', /trained on 1h candles/],
])("%s is refused with its place", (asked, because) => {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "With a model",
    timeframe: "1h",
    models: { mine: madeModel({ readyFromMs: [10 * HOUR_MS] }) },
    long: { enter: { all: [asked] } },
  })
  expect(read).toMatchObject({
    ok: false,
    problems: [{ path: "long.enter.all[0]", character: expect.any(Number), because: expect.stringMatching(because) }],
  })
})

test("a document whose model was changed, or whose models are too large, is refused", () => {
  const model = madeModel({ readyFromMs: [10 * HOUR_MS] })
  const read = (models: unknown) =>
    strategyFromJson({
      format: "candlewright.strategy/1",
      name: "With a model",
      timeframe: "1h",
      models,
      long: { enter: { all: ['forecast("mine") > 0'] } },
    })
  expect(read({ mine: { ...model, name: "another" } })).toMatchObject({
    problems: [{ path: "models.mine.hash", because: expect.stringMatching(/changed after its training/) }],
  })
  const large = madeModel({
    kind: "lstm",
    units: 64,
    windowCandles: 8,
    readyFromMs: [10, 20, 30].map((n) => n * HOUR_MS),
  })
  expect(read({ mine: large })).toMatchObject({
    problems: [{ path: "models", because: expect.stringMatching(/too large/) }],
  })
})

test("rules with a forecast are not turned into code, and say so", () => {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "With a model",
    timeframe: "1h",
    models: { mine: madeModel({ readyFromMs: [10 * HOUR_MS] }) },
    long: { enter: { all: ['forecast("mine") > 0'] } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  expect(convertToCode(read.strategy)).toMatchObject({ ok: false, problems: [{ path: "models" }] })
})
