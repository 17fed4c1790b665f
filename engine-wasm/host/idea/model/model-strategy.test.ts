import { describe, expect, test } from "vitest"
import { strategyFromJson, type StrategyDocument } from "../../strategy/index.ts"
import { madeModel } from "../../../testing/made-model.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { strategyTemplates } from "../../strategy/templates/templates.ts"
import { askShape, envelope, proposalShape, smallEnvelope } from "./envelope-shape.ts"
import { filledFrom } from "./filled.ts"
import { strategyFromModel } from "./model-strategy.ts"
import { brokenRules } from "./schema-rules.ts"
import { jsonSchemaOf, object, type Shape, text } from "./shape.ts"
import { smallStrategy, wholeStrategy } from "./strategy-shape.ts"
import { wholeFromDocument, withoutEmpty } from "./whole-from-document.ts"

const shapes: Record<string, Shape> = { wholeStrategy, smallStrategy, envelope, smallEnvelope, proposalShape, askShape }

describe("every server's strict mode takes our schemas", () => {
  test.each(Object.entries(shapes))("%s, hosted and on the device", (_, shape) => {
    expect(brokenRules(jsonSchemaOf(shape, "hosted"), "hosted")).toEqual([])
    expect(brokenRules(jsonSchemaOf(shape, "device"), "device")).toEqual([])
  })

  test("each broken rule would be found", () => {
    const good = jsonSchemaOf(object({ a: text(5) }), "hosted") as { properties: object; required: string[] }
    const found = (schema: object, flavour: "hosted" | "device" = "hosted") =>
      brokenRules(schema, flavour).map(({ because }) => because)
    expect(found(good)).toEqual([])
    expect(found({ ...good, required: [] })).toEqual(["not every field is required"])
    expect(found({ ...good, additionalProperties: true })).toEqual(["it is open to other fields"])
    expect(found({ ...good, properties: { a: { anyOf: [] } } })).toEqual([
      "it uses anyOf",
      "it has not exactly one type",
    ])
    expect(found({ ...good, properties: { a: { type: ["string", "null"] } } })).toEqual(["it has not exactly one type"])
    expect(found({ ...good, properties: { a: { type: "string", default: "" } } })).toEqual(["it uses default"])
    expect(found({ ...good, properties: { a: { type: "string", enum: [""] } } })).toEqual([
      "a choice is empty or no text",
    ])
    const bounded = { ...good, properties: { a: { type: "string", maxLength: 5 } } }
    expect(found(bounded)).toEqual(["it uses maxLength"])
    expect(found(bounded, "device")).toEqual([])
    expect(found({ type: "array", items: good })).toEqual(["the root is not an object"])
    const deep = [1, 2, 3, 4, 5].reduce<object>(
      (inner) => ({ type: "object", properties: { a: inner }, required: ["a"], additionalProperties: false }),
      { type: "string" },
    )
    expect(found(deep)).toEqual(["it is deeper than 5 levels"])
  })

  test("on the device every text, list and number has a bound", () => {
    const unbounded = (schema: Record<string, unknown>, path: string): string[] => {
      const is = (type: string, bound: string) =>
        schema.type === type && schema.enum === undefined && schema[bound] === undefined
      const own =
        is("string", "maxLength") || is("array", "maxItems") || is("number", "maximum") || is("integer", "maximum")
      const inner = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)
      return [
        ...(own ? [path] : []),
        ...inner.flatMap(([name, field]) => unbounded(field, `${path}.${name}`)),
        ...(schema.items ? unbounded(schema.items as Record<string, unknown>, `${path}[]`) : []),
      ]
    }
    for (const [name, shape] of Object.entries(shapes))
      expect(unbounded(jsonSchemaOf(shape, "device"), name)).toEqual([])
  })

  test("they stay small: they are read with every call", () => {
    const letters = (shape: Shape) => JSON.stringify(jsonSchemaOf(shape, "hosted")).length
    expect(letters(wholeStrategy)).toBeLessThan(5_000)
    expect(letters(smallStrategy)).toBeLessThan(900)
  })
})

const dip = {
  plan: "Buys short dips. Sells when they are over.",
  name: "RSI dip",
  timeframe: "1h",
  markets: ["BTCUSDT"],
  long: { join: "all", enter: ["rsi(close, 14) < 30"], exitJoin: "any", exit: ["rsi(close, 14) > 70"] },
  stop: { kind: "percent", percent: 3 },
}

function documentOf(
  value: unknown,
  options: { form?: "full" | "small"; given?: StrategyDocument } = {},
): StrategyDocument {
  const read = strategyFromModel(value, { form: "full", ...options })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.document
}

const problemsOf = (value: unknown, form: "full" | "small" = "full") => {
  const read = strategyFromModel(value, { form })
  return read.ok ? [] : read.problems.map(({ path, because }) => `${path}: ${because}`)
}

describe("what a model fills in becomes a document", () => {
  test("its lengths, limits and stop are sliders, and one number with one meaning is one slider", () => {
    const document = documentOf(dip)
    expect(document.markets).toEqual(["BTC/USDT"])
    expect(document.long).toEqual({
      enter: { all: ["rsi(close, rsiLength) < rsiLimit"] },
      exit: { any: ["rsi(close, rsiLength) > rsiLimit2"] },
    })
    expect(document.protect.stopLoss).toEqual({ kind: "percent", percent: "stopLoss" })
    const values = Object.fromEntries(Object.entries(document.params).map(([name, { value }]) => [name, value]))
    expect(values).toEqual({ rsiLength: 14, rsiLimit: 30, rsiLimit2: 70, stopLoss: 3 })
  })

  test("empty means not used: the stop of the product stands, nothing trails, nothing is added", () => {
    const whole = {
      ...dip,
      stop: { kind: "percent", percent: 0 },
      trailing: { percent: 0 },
      add: { maxTimes: 0 },
      limits: { dailyLossPercent: 0 },
    }
    const { protect, add, limits, size, short } = documentOf(whole)
    expect(protect).toMatchObject({
      stopLoss: { kind: "percent" },
      trailing: null,
      breakEven: null,
      timeStop: null,
      takeProfit: [],
    })
    expect([add, limits.dailyLossPercent, size, short]).toEqual([
      null,
      null,
      { kind: "risk", percent: 1, maxPositionPercent: 100 },
      null,
    ])
  })

  test("every part has its place", () => {
    const document = documentOf({
      ...dip,
      series: [{ name: "trend", formula: "ema(close, 50) @ 1d" }],
      long: { join: "any", enter: ["close > trend"], exitJoin: "all", exit: [] },
      short: { join: "all", enter: ["close < trend"], exit: ["close > trend"] },
      stop: { kind: "atr", length: 10, multiple: 2.5 },
      targets: [{ percent: 3, share: 0.5 }, { formula: "close * 1.1" }],
      trailing: { percent: 4, armAtPercent: 3, beforeArmPercent: 6 },
      breakEven: { atPercent: 2, plusPercent: 0.2 },
      roi: [
        { afterMinutes: 0, percent: 10 },
        { afterMinutes: 60, percent: 0 },
      ],
      timeStopCandles: 48,
      size: { kind: "quote", amount: 20 },
      entryOrder: { kind: "limit", offsetPercent: 0.5, expireCandles: 3 },
      add: { maxTimes: 4, everyDropPercent: 2.5, sizeMultiple: 1.5 },
      limits: { maxOpenPositions: 1, dailyLossPercent: 5 },
    })
    expect(document).toMatchObject({
      long: { enter: { any: ["close > trend"] }, exit: null },
      short: { enter: { all: ["close < trend"] } },
      protect: {
        stopLoss: { kind: "atr", length: 10 },
        takeProfit: [{ share: 0.5 }, { formula: "close * 1.1", share: 1 }],
        trailing: { armAtPercent: 3, beforeArmPercent: 6 },
        breakEven: { atPercent: 2, plusPercent: 0.2 },
        roi: [
          { afterMinutes: 0, percent: 10 },
          { afterMinutes: 60, percent: 0 },
        ],
        timeStop: { candles: 48 },
      },
      size: { kind: "quote", amount: 20 },
      orders: { entry: { kind: "limit", offsetPercent: 0.5, expireCandles: 3 } },
      add: { maxTimes: 4, everyDropPercent: 2.5, sizeMultiple: 1.5 },
      limits: { maxOpenPositions: 1, dailyLossPercent: 5 },
    })
  })

  test("a small model's few fields are enough", () => {
    const small = {
      plan: "Dips.",
      name: "Dip",
      timeframe: "4h",
      market: "eth",
      buyWhen: ["rsi(close, 14) < 28"],
      sellWhen: [],
      stop: 4,
      target: 8,
      trailing: 0,
      risk: 0.5,
    }
    const document = documentOf(small, { form: "small" })
    expect(document).toMatchObject({
      timeframe: "4h",
      markets: ["ETH/USDT"],
      size: { kind: "risk", percent: 0.5 },
      long: { exit: null },
    })
    expect(document.params).toMatchObject({ stopLoss: { value: 4 }, takeProfit: { value: 8 } })
  })

  test("slips from other languages are mended", () => {
    const slips = {
      ...dip,
      long: { enter: "ta.RSI(close, 14) < 30 && Close_ > 1".replace("Close_", "close"), exit: "none" },
      stop: { percent: "3 %" },
      markets: "btc-usdt",
    }
    const document = documentOf(slips)
    expect(document.long!.enter).toEqual({
      all: [expect.stringMatching(/^rsi\(close, rsiLength\) < rsiLimit {1,3}and/)],
    })
    expect(document.params.stopLoss.value).toBe(3)
  })

  test("a model that writes our own document is understood", () => {
    const own = {
      format: "candlewright.strategy/1",
      name: "Own",
      timeframe: "1h",
      long: { enter: { all: ["close > 1"] } },
    }
    expect(documentOf(own).name).toBe("Own")
  })
})

describe("what is wrong is said where the model wrote it, with the nearest name", () => {
  test.each([
    ["an unknown field", { ...dip, stopLoss: { percent: 3 } }, /^stopLoss: `stopLoss` is not a field here/],
    [
      "a mistyped field",
      { ...dip, limits: { dailyLossPercnt: 3 } },
      /^limits\.dailyLossPercnt: .*did you mean `dailyLossPercent`\?/,
    ],
    [
      "an unknown function",
      { ...dip, long: { enter: ["rssi(close, 14) < 30"] } },
      /^long\.enter\[0\]: .*did you mean `rsi`\?/,
    ],
    ["an unknown timeframe", { ...dip, timeframe: "2d" }, /^timeframe: `2d` is not possible here/],
    ["no way in", { ...dip, long: {} }, /^long: say when to buy/],
    ["a size of 200 %", { ...dip, size: { kind: "equity", percent: 200 } }, /^size\.percent: must be at most 100/],
    ["a stop of 150 %", { ...dip, stop: { kind: "percent", percent: 150 } }, /^stop\.percent: must be less than 100/],
    ["a negative target", { ...dip, targets: [{ percent: -5 }] }, /^targets\[0\]\.percent: must be more than 0/],
    [
      "words for a number",
      { ...dip, stop: { kind: "percent", percent: "three" } },
      /^stop\.percent: this takes a number/,
    ],
    ["a text for the whole", "buy low", /^: this takes an object/],
    [
      "a market that is none",
      { ...dip, markets: ["BTC/USDT/X; drop"] },
      /^markets\[0\]: a market is written like BTC\/USDT/,
    ],
    [
      "hundreds of conditions",
      { ...dip, long: { enter: Array.from({ length: 300 }, () => "close > 1") } },
      /^long\.enter: at most 12/,
    ],
    ["a look ahead", { ...dip, long: { enter: ["close[-1] > close"] } }, /^long\.enter\[0\]: /],
    ["a forged prototype", JSON.parse('{"__proto__": {"x": 1}, "name": "a"}') as object, /is not a field here/],
  ])("%s", (_, value, words) => {
    expect(problemsOf(value).join("\n")).toMatch(words)
  })

  test("in the small shape too", () => {
    const small = { name: "a", timeframe: "1h", buyWhen: ["rssi(close) < 3"], stop: 120 }
    expect(problemsOf(small, "small").join("\n")).toMatch(/stop: must be less than 100/)
    expect(problemsOf({ ...small, stop: 2 }, "small").join("\n")).toMatch(/buyWhen\[0\]: /)
  })
})

describe("a document shown to a model and taken back is the same", () => {
  const documents = strategyTemplates.flatMap(({ document }) => {
    const read = strategyFromJson(document)
    return read.ok && !read.strategy.code ? [[read.strategy.name, read.strategy] as const] : []
  })

  test("there are templates to try", () => expect(documents.length).toBeGreaterThan(5))

  test.each(documents)("%s", (_, document) => {
    const shown = withoutEmpty(wholeFromDocument(document))
    expect(documentOf(JSON.parse(JSON.stringify(shown)), { given: document })).toEqual(document)
  })

  test("a slider keeps its name, label and ends when the model moves its number", () => {
    const given = documentOf(dip)
    const shown = withoutEmpty(wholeFromDocument(given)) as Record<string, unknown>
    const changed = documentOf({ ...shown, stop: { kind: "percent", percent: 1.5 } }, { given })
    expect(changed.protect.stopLoss).toEqual({ kind: "percent", percent: "stopLoss" })
    expect(changed.params.stopLoss).toMatchObject({ label: "Stop loss", value: 1.5 })
    expect({ ...changed, params: { ...changed.params, stopLoss: given.params.stopLoss } }).toEqual(given)
  })
})

test("a reader never fails, whatever it is given", () => {
  for (const value of [
    undefined,
    null,
    7,
    "x",
    [],
    [[]],
    { kind: { a: 1 } },
    { strategy: [1, 2] },
    { kind: "STRATEGY", text: 5 },
  ])
    expect(() => filledFrom(envelope, value)).not.toThrow()
  expect(filledFrom(envelope, { kind: "STRATEGY" }).value.kind).toBe("strategy")
})

test("a strategy that asks a forecast keeps its model when a language model changes it", () => {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "With a forecast",
    timeframe: "1h",
    models: { mine: madeModel({ readyFromMs: [10 * HOUR_MS] }) },
    long: { enter: { all: ['forecast("mine").probability > 0.5'] } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const given = read.strategy
  const changed = strategyFromModel(wholeFromDocument(given), { form: "full", given })
  expect(changed).toMatchObject({ ok: true, document: { models: given.models } })
})
