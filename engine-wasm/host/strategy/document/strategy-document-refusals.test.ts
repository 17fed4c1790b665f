import fc from "fast-check"
import { expect, test } from "vitest"
import { strategyFromJson } from "./strategy-document-from-json.ts"

const good = {
  format: "candlewright.strategy/1",
  name: "refusals",
  timeframe: "1h",
  params: {
    length: { type: "int", value: 14, min: 2, max: 50 },
    stop: { type: "number", value: 2, min: 1, max: 9 },
    share: { type: "number", value: 0.5, min: 0, max: 1 },
    useTrend: { type: "bool", value: true },
  },
  series: { trend: "ema(close, 50)" },
  long: { enter: { all: ["close > trend"] }, exit: { any: ["close < trend"] } },
}

/** The good document with one part set; `path` as in `protect.stopLoss`. */
function withPart(path: string, part: unknown): unknown {
  return setIn(good, path.split("."), part)
}

function setIn(whole: unknown, [first, ...rest]: string[], part: unknown): unknown {
  const object = (whole ?? {}) as Record<string, unknown>
  return { ...object, [first]: rest.length === 0 ? part : setIn(object[first], rest, part) }
}

/** Sets this part; the problem must have this path and this text. */
const refused: [set: string, part: unknown, path: string, because: string][] = [
  ["format", undefined, "format", 'write "candlewright.strategy/1"'],
  ["format", "candlewright.strategy/2", "format", "written by a newer Candlewright"],
  ["name", undefined, "name", "missing"],
  ["name", "  ", "name", "give the strategy a name"],
  ["name", 7, "name", "takes a text in quotes, not 7"],
  ["name", "x".repeat(101), "name", "at most 100 characters"],
  ["description", null, "description", "takes a text in quotes, not null"],
  ["timeframe", "1H", "timeframe", 'write "1m" or'],
  ["timeframe", "45m", "timeframe", '"45m" is not possible here'],
  ["timeframe", undefined, "timeframe", "missing"],
  ["lenght", 3, "lenght", "`lenght` is not a field here; the fields are format"],
  ["seires", {}, "seires", "did you mean `series`?"],
  ["nonsense", 1, "nonsense", "the fields are format, name"],
  ["markets", "BTC/USDT", "markets", 'takes a list in [ ], not "BTC/USDT"'],
  ["markets", ["BTCUSDT"], "markets[0]", "written like BTC/USDT"],
  ["params", [], "params", "takes an object in { }, not a list"],
  ["params.length", 14, "params.length", "takes an object in { }, not 14"],
  ["params.length", { type: "float", value: 1 }, "params.length.type", 'write "int" or "number" or "bool"'],
  ["params.length", { type: "int", value: 14, min: 2 }, "params.length.max", "missing; it takes a number"],
  [
    "params.length",
    { type: "int", value: 14.5, min: 2, max: 50 },
    "params.length.value",
    "takes a whole number, not 14.5",
  ],
  ["params.length", { type: "int", value: 60, min: 2, max: 50 }, "params.length.value", "60 is outside 2 to 50"],
  ["params.length", { type: "int", value: 14, min: 50, max: 2 }, "params.length.min", "above the largest"],
  ["params.length", { type: "int", value: 14, min: 2, max: 50, step: 0 }, "params.length.step", "at least 1"],
  [
    "params.length",
    { type: "int", value: 14, min: 2, max: 50, lable: "x" },
    "params.length.lable",
    "did you mean `label`?",
  ],
  ["params.useTrend", { type: "bool", value: 1 }, "params.useTrend.value", "takes true or false, not 1"],
  ["params.2fast", { type: "bool", value: true }, "params.2fast", "starts with a letter"],
  ["params.close", { type: "bool", value: true }, "params.close", "already a word of the formula language"],
  ["params.sma", { type: "bool", value: true }, "params.sma", "already a function"],
  [
    "params.length",
    { type: "int", value: 14, min: 0, max: 1e300 },
    "params.length.max",
    "must be at most 9007199254740991",
  ],
  ["series.length", "close", "series.length", "already a param"],
  ["series.hl2", "close", "series.hl2", "already a word of the formula language"],
  ["series.ema", "close", "series.ema", "already a function"],
  ["series.x y", "close", "series.x y", "a name starts with a letter"],
  ["series.trend", 5, "series.trend", "takes a text in quotes, not 5"],
  ["series.trend", "", "series.trend", "write a formula"],
  ["series.trend", "ema(close, 50", "series.trend", "`,` or the closing `)`"],
  ["series.trend", "x".repeat(2_001), "series.trend", "at most 2000 characters"],
  ["long", null, "long", "say when to buy"],
  ["long", {}, "long.enter", "missing"],
  ["long", { enter: "close > 1" }, "long.enter", 'takes an object in { }, not "close > 1"'],
  ["long", { enter: { all: "close > 1" } }, "long.enter.all", "takes a list in [ ]"],
  ["long", { enter: { all: [] } }, "long.enter.all", "list at least one condition"],
  ["long", { enter: { every: ["close > 1"] } }, "long.enter.every", "`every` is not a field here"],
  ["long", { enter: { all: ["close > 1"], any: ["close > 1"] } }, "long.enter.any", "`any` is not a field here"],
  ["long", { enter: { all: ["close > nothing("] } }, "long.enter.all[0]", "a value is missing"],
  ["long", { enter: { all: ["close > 1"] }, exits: null }, "long.exits", "did you mean `exit`?"],
  ["short", { enter: { any: ["close > 1", "fibo(close)"] } }, "short.enter.any[1]", "there is no function `fibo`"],
  ["code", { language: "assemblyscript", source: "export {}" }, "code", "either code or rules"],
  ["code", { language: "python", source: "x" }, "code.language", 'write "assemblyscript"'],
  ["protect.stopLoss", null, "protect.stopLoss", "takes an object in { }, not null"],
  ["protect.stopLoss", { kind: "off" }, "protect.stopLoss.kind", 'write "percent" or "atr" or "price" or "none"'],
  ["protect.stopLoss", { kind: "percent" }, "protect.stopLoss.percent", "missing"],
  ["protect.stopLoss", { kind: "percent", percent: 0 }, "protect.stopLoss.percent", "more than 0"],
  ["protect.stopLoss", { kind: "percent", percent: 100 }, "protect.stopLoss.percent", "less than 100"],
  ["protect.stopLoss", { kind: "percent", percent: -2 }, "protect.stopLoss.percent", "more than 0"],
  ["protect.stopLoss", { kind: "percent", percent: "stopp" }, "protect.stopLoss.percent", "did you mean `stop`?"],
  [
    "protect.stopLoss",
    { kind: "percent", percent: "useTrend" },
    "protect.stopLoss.percent",
    "is a switch; a number is needed",
  ],
  ["protect.stopLoss", { kind: "percent", percent: "2" }, "protect.stopLoss.percent", "write 2 without quotes"],
  ["name", "two\nlines", "name", "one line"],
  ["protect.stopLoss", { kind: "percent", percent: "2 %" }, "protect.stopLoss.percent", "a name starts with a letter"],
  ["protect.stopLoss", { kind: "percent", percent: true }, "protect.stopLoss.percent", "takes a number, not true"],
  [
    "protect.stopLoss",
    { kind: "price", formula: "lowst(low, 10)" },
    "protect.stopLoss.formula",
    "there is no function",
  ],
  ["protect.stopLoss", { kind: "none" }, "size", "a size by risk needs a stop"],
  ["protect.takeProfit", { percent: 4 }, "protect.takeProfit", "takes a list in [ ]"],
  ["protect.takeProfit", [{ percent: 4, share: 1.5 }], "protect.takeProfit[0].share", "at most 1"],
  ["protect.takeProfit", [{ percent: 4, share: 0 }], "protect.takeProfit[0].share", "more than 0"],
  ["protect.takeProfit", [{ percent: 4 }, { percent: 8 }], "protect.takeProfit[1]", "can never be reached"],
  [
    "protect.takeProfit",
    [{ percent: 4, share: 0.5 }, { percent: 3 }],
    "protect.takeProfit[1].percent",
    "3 is not above 4",
  ],
  ["protect.takeProfit", [{ percent: 4, formula: "close" }], "protect.takeProfit[0].formula", "is not a field here"],
  ["protect.trailing", { armAtPercent: 2 }, "protect.trailing.percent", "missing"],
  ["protect.trailing", { percent: 2, armAt: 2 }, "protect.trailing.armAt", "did you mean `armAtPercent`?"],
  ["protect.breakEven", { atPercent: 0 }, "protect.breakEven.atPercent", "more than 0"],
  [
    "protect.roi",
    [
      { afterMinutes: 0, percent: 4 },
      { afterMinutes: 0, percent: 1 },
    ],
    "protect.roi[1].afterMinutes",
    "already",
  ],
  ["protect.timeStop", { candles: 2.5 }, "protect.timeStop.candles", "takes a whole number, not 2.5"],
  ["protect.stoploss", { kind: "none" }, "protect.stoploss", "did you mean `stopLoss`?"],
  ["size", { kind: "risk", percent: 200 }, "size.percent", "at most 100"],
  ["size", { kind: "all" }, "size.kind", 'write "risk" or "equity" or "quote"'],
  ["size", { kind: "quote", amount: "length", percent: 3 }, "size.percent", "`percent` is not a field here"],
  ["size", { kind: "quote", amount: 0 }, "size.amount", "more than 0"],
  ["orders", { entry: { kind: "limit", offsetPercent: -1 } }, "orders.entry.offsetPercent", "at least 0"],
  ["orders", { exit: { kind: "market" } }, "orders.exit", "`exit` is not a field here"],
  ["add", { maxTimes: 0, everyDropPercent: 2 }, "add.maxTimes", "at least 1"],
  ["add", { everyDropPercent: 2 }, "add.maxTimes", "missing"],
  ["limits", { maxOpenPositions: 0 }, "limits.maxOpenPositions", "at least 1"],
  [
    "limits",
    { maxOpenPositions: "share" },
    "limits.maxOpenPositions",
    "with this value of its param: this takes a whole number, not 0.5",
  ],
  ["limits", { cooldownCandles: -1 }, "limits.cooldownCandles", "at least 0"],
  ["limits", { maxCorrelation: 2 }, "limits.maxCorrelation", "at most 1"],
  ["limits", { dailyLoss: 3 }, "limits.dailyLoss", "did you mean `dailyLossPercent`?"],
]

test.each(refused)("%s = %j is refused at %s", (set, part, path, because) => {
  const result = strategyFromJson(JSON.parse(JSON.stringify(withPart(set, part))))
  if (result.ok) throw new Error("accepted")
  expect(result.problems).toContainEqual(expect.objectContaining({ path, because: expect.stringContaining(because) }))
})

test("the document these are changes of is accepted", () => {
  expect(strategyFromJson(good)).toMatchObject({ ok: true })
})

test("a param whose value makes a number impossible is refused at that number", () => {
  const result = strategyFromJson({
    ...good,
    params: { stop: { type: "number", value: 0, min: 0, max: 5 } },
    protect: { stopLoss: { kind: "percent", percent: "stop" } },
  })
  expect(result).toEqual({
    ok: false,
    problems: [{ path: "protect.stopLoss.percent", because: "with this value of its param: must be more than 0" }],
  })
})

test("with the candle file's columns given, a mistyped name in a formula is refused at once", () => {
  const typo = withPart("long.enter", { all: ["clsoe > sentiment"] })
  expect(strategyFromJson(typo)).toMatchObject({ ok: true })
  expect(strategyFromJson(typo, { extra: ["sentiment"] })).toEqual({
    ok: false,
    problems: [
      { path: "long.enter.all[0]", character: 0, because: "`clsoe` is not known here; did you mean `close`?" },
    ],
  })
})

test("a document may be large only through its code", () => {
  const source = "// much\n".repeat(10_000)
  const { series: _series, long: _long, ...rest } = good
  expect(strategyFromJson({ ...rest, code: { language: "assemblyscript", source } })).toMatchObject({ ok: true })
  expect(
    strategyFromJson(
      withPart(
        "series",
        Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`s${n}`, `close + ${" ".repeat(1_800)}1`])),
      ),
    ),
  ).toMatchObject({ ok: false, problems: [{ path: "", because: expect.stringContaining("too long") }] })
})

test("however a document is damaged, the answer is a strategy or a list of problems", () => {
  const junk = fc.constantFrom<unknown>(
    undefined,
    null,
    -1,
    0,
    1e308,
    "",
    "length",
    "close >",
    [],
    [[]],
    {},
    { kind: "risk" },
    true,
    "toString",
  )
  const place = fc.constantFrom(
    "format",
    "timeframe",
    "params",
    "params.length",
    "params.length.max",
    "series",
    "series.trend",
    "long",
    "long.enter",
    "long.enter.all",
    "short",
    "protect",
    "protect.stopLoss",
    "protect.takeProfit",
    "protect.roi",
    "size",
    "size.percent",
    "add",
    "limits",
    "limits.maxOpenPositions",
    "code",
    "markets",
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(place, junk), { minLength: 1, maxLength: 3 }), (damage) => {
      const damaged = damage.reduce<Record<string, unknown>>(
        (whole, [path, part]) => setIn(whole, path.split("."), part) as Record<string, unknown>,
        good,
      )
      const result = strategyFromJson(damaged)
      expect(
        result.ok || (result.problems.length > 0 && result.problems.every(({ because }) => because.length > 0)),
      ).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

test("the deepest possible chain of series is computed or refused, not a crash", () => {
  const link = (before: string) => `${"-(1 + ".repeat(20)}${before}${")".repeat(20)}${" + 1".repeat(200)}`
  const series = Object.fromEntries(
    Array.from({ length: 64 }, (_, n) => [`s${n}`, link(n === 0 ? "close" : `s${n - 1}`)]),
  )
  expect(
    strategyFromJson({ ...good, series, long: { enter: { all: ["s63 @ 1d > 1", "(s63 > 1) @ 4h"] } } }),
  ).toMatchObject({ ok: false, problems: [{ path: "", because: expect.stringContaining("columns of numbers") }] })
})

test("of very many mistakes the first hundred are reported", () => {
  const result = strategyFromJson({
    ...good,
    ...Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n])),
  })
  expect(result.ok ? [] : result.problems).toHaveLength(100)
})

test("two mistakes are reported at once", () => {
  const result = strategyFromJson({ ...good, timeframe: "1x", size: { kind: "risk", percent: -1 } })
  expect(result).toMatchObject({ ok: false, problems: [{ path: "timeframe" }, { path: "size.percent" }] })
})

test.each([null, 5, [], "[]", "null", '"text"', true, undefined])("%j is not a strategy", (input) => {
  expect(strategyFromJson(input)).toMatchObject({ ok: false, problems: [{ path: "" }] })
})
