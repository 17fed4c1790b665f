import { expect, test } from "vitest"
import { compileStrategy } from "../compile/compile.ts"
import { strategySchema } from "../document/strategy-document.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const document = {
  format: "candlewright.strategy/1",
  name: "refusals",
  timeframe: "1h",
  params: {
    length: { type: "int", value: 14, min: 2, max: 50 },
    factor: { type: "number", value: 1.5, min: 0, max: 9 },
    useTrend: { type: "bool", value: true },
  },
  series: { trend: "ema(close, 50)", bands: "donchian(20)" },
  long: { enter: { all: ["close > 0"] } },
} as const

const market = { timeframeMs: 60_000, priceDecimals: 2, leastDecimals: 2, firstPrice: 6_250, extra: ["sentiment"] }

/** The error for a formula among the exit conditions, and its character. */
function refusal(formula: string, part: "enter" | "exit" = "exit") {
  const rules = { enter: { all: ["close > 0"] }, [part]: { all: [formula] } }
  const compiled = compileStrategy(strategySchema.parse({ ...document, long: rules }), { market })
  return compiled.ok ? undefined : compiled.problems.find((problem) => problem.path === `long.${part}.all[0]`)
}

// `^` precedes the character the message must name.
const refused: [string, string][] = [
  ["^  ", "empty"],
  ["close >^", "ends too early"],
  ["close > ^)", "a value is missing before `)`"],
  ["(close > 1^", "closing `)` is missing"],
  ["close > 1^)", "closes nothing"],
  ["close^]", "closes nothing"],
  ["close ^, open", "between the arguments"],
  ["close ^open", "operator is missing"],
  ["close > 1 ^2", "operator is missing"],
  ["> ^> 1".replace("> ^", "^> "), "a value is missing"],
  ["close ^= 1", "write `==`"],
  ["close > 1 ^&& open > 1", "write `and`"],
  ["close > 1 ^|| open > 1", "write `or`"],
  ["^!useTrend", "write `not`"],
  ["close ^^ 2", "pow(x, 2)"],
  ["close > 1^;", "without `;`"],
  ["^{close}", "round parentheses"],
  ["close ^# up", "no comments"],
  ["ma(close, 5, ^'ema')", "double quotes"],
  ['ma(close, 5, ^"ema)', "closing double quote"],
  ["close > ^€5", "cannot stand in a formula"],
  ["close > 12^abc", "run into letters"],
  ["1^_000", "run into letters"],
  ["^1e999", "too large"],
  ["close[1^", "closing `]` is missing"],
  ["close[^]", "a value is missing"],
  ["close @^", "name a timeframe"],
  ["close @ ^1x", "not a timeframe"],
  ["close @ ^day", "not a timeframe"],
  ["close @ ^(1d)", "name a timeframe"],
  ["bands.^+", "name an output"],
  ["close > 1 ? 2^", "needs a `:`"],
  ["1 < close ^< 3", "cannot be chained"],
  ["close == open ^!= low", "cannot be chained"],
  ["close > 1 ^AND open > 1", "operator is missing before `AND`"],
  ["^NOT useTrend", "small letters"],
  ["^and close", "a value is missing before `and`"],
  ["sma(close^ 5)".replace("^ ", " ^"), "a `,` or the closing `)`"],
  ["sma(close, ^)", "a value is missing"],
  ["sma(close, 5^", "a `,` or the closing `)`"],
  ["-^not useTrend", "parentheses around `not"],
  ["^clsoe > 1", "did you mean `close`?"],
  ["close > ^trnd", "did you mean `trend`?"],
  ["^lenght > 1", "did you mean `length`?"],
  ["^sentimnet > 1", "did you mean `sentiment`?"],
  ["^nothingLikeThis > 1", "no input, param, series or column"],
  ["^smaa(close, 5) > 1", "did you mean `sma`?"],
  ["^CrossOver(close, open)", "did you mean `crossover`?"],
  ["^fibonacci(close)", "there is no function `fibonacci`"],
  ["^sma > 1", "in parentheses"],
  ["^close(5) > 1", "is a value, not a function"],
  ["^crossover(close)", "needs 2 arguments, this has 1"],
  ["crossover(close, open, ^1)", "at most 2 arguments"],
  ["abs(close, ^1)", "at most 1 argument"],
  ["sma(close, ^close)", "cannot change from candle to candle"],
  ["sma(close, ^2.5)", "a whole number, not 2.5"],
  ["sma(close, ^factor)", "a whole number, not 1.5"],
  ["sma(close, ^0)", "must be from 1 to"],
  ["sma(close, ^-3)", "must be from 1 to"],
  ["sma(close, ^1e9)", "must be from 1 to"],
  ['ma(close, 5, ^"emma")', "did you mean `ema`?"],
  ["ma(close, 5, ^ema)", 'must be one of "sma"'],
  ["ma(close, 5, ^3)", "must be one of"],
  ['sma(close, ^"ema")', "only where a function asks"],
  ['^"ema"', "only where a function asks"],
  ["^donchian(20) > 1", "choose one: .upper .middle .lower"],
  ["donchian(20).^uper > 1", "did you mean `upper`?"],
  ["sma(close, 5).^line", "one value, not several"],
  ["close.^upper", "one value, not several"],
  ["trend.^upper", "one value, not several"],
  ["close[^-1] > 1", "whole number from 0"],
  ["close[^1.5] > 1", "whole number from 0"],
  ["close[^close] > 1", "whole number from 0"],
  ["close[^1e6] > 1", "whole number from 0"],
  ["close @ ^30m > 1", "a finer timeframe would look inside"],
  ["(close @ ^4h) @ 1d > 1", "inside `@ 1d` already"],
  ["position.^profit > 1", "a position has profitPercent, candles, entryPrice"],
  ["position.^entryprice > 1", "did you mean `entryPrice`?"],
  ["^position > 1", "say what of the position"],
  ["^sma(position.profitPercent, 5) > 1", "looks back in time and cannot follow position.profitPercent"],
  ["^crossover(close, position.entryPrice)", "`crossover` looks back in time and cannot follow position.entryPrice"],
  ["position.candles^[1] > 1", "`[1]` looks back in time and cannot follow position.candles"],
  ["(position.^candles @ 1d) > 1", "known only in exit and protect formulas"],
]

test.each(refused)("%s: %s", (marked, because) => {
  const character = marked.indexOf("^")
  const problem = refusal(marked.slice(0, character) + marked.slice(character + 1))
  expect(problem).toEqual({ path: "long.exit.all[0]", because: expect.stringContaining(because), character })
})

test("the position is refused where there is none yet", () => {
  expect(refusal("position.profitPercent > 3", "enter")).toMatchObject({
    character: 9,
    because: "the position is known only in exit and protect formulas",
  })
})

test("an error in a series is reported at the series", () => {
  const strategy = strategySchema.parse({ ...document, series: { early: "later + 1", later: "close" } })
  const compiled = compileStrategy(strategy, { market })
  expect(compiled).toEqual({
    ok: false,
    problems: [
      {
        path: "series.early",
        character: 0,
        because: "the series `later` comes later; a series may use only earlier ones",
      },
    ],
  })
})

test("a series that uses itself is refused as such", () => {
  const compiled = compileStrategy(
    strategySchema.parse({ ...document, series: { round: "close + round2", round2: "round2[1] + 1" } }),
    { market },
  )
  expect(compiled).toMatchObject({
    ok: false,
    problems: [
      { path: "series.round" },
      {
        path: "series.round2",
        character: 0,
        because: "the series `round2` uses itself; a series may use only earlier ones",
      },
    ],
  })
})

test("a mistake in a series is reported once, and where another formula uses it, at its name", () => {
  const once = compileStrategy(
    strategySchema.parse({ ...document, series: { s: "smaa(close)" }, long: { enter: { all: ["s > 1"] } } }),
    { market },
  )
  expect(once).toMatchObject({ ok: false, problems: [{ path: "series.s", character: 0 }] })
  const nested = compileStrategy(
    strategySchema.parse({
      ...document,
      series: { slow: "close + ema(close, 5) @ 4h" },
      long: { enter: { all: ["close > slow @ 1d"] } },
    }),
    { market },
  )
  expect(nested).toEqual({
    ok: false,
    problems: [
      {
        path: "long.enter.all[0]",
        character: 8,
        because: "in the series `slow`: this is inside `@ 1d` already; use one timeframe for each part",
      },
    ],
  })
})

test("names of every JavaScript object have no meaning here", () => {
  const names = ["constructor", "toString", "hasOwnProperty", "valueOf", "__proto__"]
  expect(names.map((name) => refusal(`${name} > 1`)?.because)).toEqual(
    names.map((name) => expect.stringContaining(`\`${name}\` is not known here`)),
  )
  expect(names.map((name) => refusal(`${name}(1) > 1`)?.because)).toEqual(
    names.map((name) => expect.stringContaining(`no function \`${name}\``)),
  )
})

test("candles that cannot be joined into the strategy's timeframe are refused", () => {
  const compiled = compileStrategy(strategySchema.parse({ ...document, timeframe: "1h" }), {
    market: { ...market, timeframeMs: 4 * HOUR_MS },
  })
  expect(compiled).toMatchObject({
    ok: false,
    problems: [{ path: "timeframe", because: expect.stringContaining("the candles are 4h") }],
  })
})

/** The error where the market's columns are not known yet, as in a file or `candlewright check`. */
function unseenRefusal(formula: string) {
  const strategy = strategySchema.parse({ ...document, long: { enter: { all: [formula] } } })
  const compiled = compileStrategy(strategy, { market: { ...market, extra: "any" } })
  return compiled.ok ? undefined : compiled.problems[0].because
}

test.each([
  ["sma(volume, foo) > 1", "there is no param or series named `foo`"],
  ["rsi(close, lenght) > 1", "there is no param or series named `lenght`; did you mean `length`?"],
  ["rsi(close, nope * 2) > 1", "there is no param or series named `nope`"],
  ["close[nope] > 1", "there is no param or series named `nope`"],
  ["sma(close, trend) > 1", "length must be a number or a param; it cannot change from candle to candle"],
  ["sma(close, volume) > 1", "length must be a number or a param; it cannot change from candle to candle"],
])("before a market is chosen, %s is refused for: %s", (formula, because) => {
  expect(unseenRefusal(formula)).toBe(because)
})
