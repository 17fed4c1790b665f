import fc from "fast-check"
import { expect, test } from "vitest"
import { Op } from "../../../assembly/operators/opcode.ts"
import { compileStrategy, seriesProgram } from "./compile.ts"
import { folded } from "./compile-fold.ts"
import type { PositionProgram, Program } from "./program.ts"
import { strategySchema, type WrittenStrategy } from "../document/strategy-document.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const market = { timeframeMs: 60_000, priceDecimals: 2, leastDecimals: 2, firstPrice: 6_250, extra: ["sentiment"] }

function program(parts: Partial<WrittenStrategy>, params?: Record<string, number | boolean>): Program {
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "t",
    timeframe: "1h",
    long: { enter: { all: ["close > 0"] } },
    ...parts,
  })
  const compiled = compileStrategy(strategy, { params, market })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return compiled.program
}

function series(...formulas: string[]): Program {
  const compiled = seriesProgram(formulas, "1h", market)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return compiled.program
}

/** An instruction as words: `sma(close){10,100}`, where 100 ticks make one. Clock 0 is the strategy's. */
function textOf(one: Program, register: number): string {
  const input = one.inputs.find((known) => known.register === register)
  const clock = (n: number) => (n === one.strategyClock ? "" : `@${one.clocks[n].timeframeMs / HOUR_MS}h`)
  if (input) return `${typeof input.column === "string" ? input.column : input.column.extra}${clock(input.clock)}`
  const made = one.instructions.findLast((instruction) => instruction.destination <= register)!
  if (made.op === Op.constant) return String(made.numbers[0])
  if (made.op === Op.ticks) return textOf(one, made.sources[0])
  const output = register === made.destination ? "" : `.${register - made.destination}`
  return `${Op[made.op]}${clock(made.clock)}(${made.sources.map((source) => textOf(one, source)).join(" ")})${made.numbers.length > 0 ? `{${made.numbers.join()}}` : ""}${output}`
}

function seriesText(formula: string): string {
  const one = series(formula)
  return textOf(one, one.named[0].register)
}

const compiledTo: [string, string][] = [
  ["sma(close, 10)", "sma(close){10,100}"],
  ["ema(close, 20) @ 1d", "align(ema@24h(close@24h){20,100})"],
  ["ema(close, 20) @ 1h", "ema(close){20,100}"],
  ["(close > open) @ 1d", "align(greater@24h(close@24h open@24h))"],
  ["close[3]", "lag(close){3}"],
  ["close[0]", "close"],
  ["sentiment + 1", "add(sentiment 1)"],
  ["hour", "hour(time)"],
  ["2 * 3 + 4 > 9 ? close : open", "close"],
  ["1 > 2 or close > 1", "greater(close 1)"],
  ["close or false", "notEqual(close 0)"],
  ["true and not (close > 1)", "not(greater(close 1))"],
  ["close > 1 or true", "1"],
  ["sma(close, 2 + 3 * 4)", "sma(close){14,100}"],
  ["sma(close, floor(29 / 2))", "sma(close){14,100}"],
  ["5 @ 1d", "5"],
  ['ma(close, 20, "ema")', "ma(close){20,1,100}"],
  ["abs(close - open)", "abs(amount(subtract(close open) close open){2})"],
  ["close * 1.02", "amount(multiply(close 1.02) close close){200}"],
  [
    "(high - low) / (close - open)",
    "ratio(amount(subtract(high low) high low){2} amount(subtract(close open) close open){2}){2}",
  ],
  ["nz(close)", "nz(close 0)"],
  ["-close", "negate(close)"],
  ["log(2)", "log(2)"],
  ["macd(close, 12, 26, 9).histogram", "macd(close){12,26,9,100}.2"],
  ["macd(close).line @ 1d", "align(macd@24h(close@24h){12,26,9,100})"],
  ["bbands(close, 20, 2.5).lower", "bbands(close){20,2.5,2.5,0,100}.2"],
  ["bbands(close, 20, 2.5, 1).lower", "bbands(close){20,2.5,1,0,100}.2"],
  ["donchian(20).middle", "donchian(high low){20,100}.1"],
  ["hl2", "medPrice(high low){100}"],
  ["sma(hlc3, 5)", "sma(typPrice(high low close){100}){5,300}"],
  ["adx(14) > 25", "greater(adx(high low close){14,100} 25)"],
  ["cdlengulfing()", "cdlengulfing(open high low close){100}"],
  ["crossover(close, sma(close, 3))", "crossover(close sma(close){3,100})"],
]

test.each(compiledTo)("%s becomes %s", (formula, expected) => {
  expect(seriesText(formula)).toBe(expected)
})

const scales: [string, number][] = [
  ["close", 100],
  ["close[5]", 100],
  ["close + open", 200],
  ["close * 3", 300],
  ["close / 4", 400],
  ["close * 0.5", 1000],
  ["close * 0.0000005", 0],
  ["close + 0.001", 0],
  ["close * open", 0],
  ["max(close, open)", 100],
  ["close > open", 0],
  ["close > open ? high : low", 100],
  ["sma(close, 7)", 700],
  ["sqrt(close)", 0],
  ["volume", 0],
  ["ema(close, 9)", 0],
]

test.each(scales)("the average of %s is exact on a grid of 1/%d", (formula, scale) => {
  const { instructions, named } = series(`sma(${formula}, 13)`)
  expect(instructions.find((one) => one.destination === named[0].register)!.numbers).toEqual([13, scale])
})

test("where sums could leave the whole numbers a double holds, no grid is promised", () => {
  const huge = { ...market, priceDecimals: 8, leastDecimals: 8, firstPrice: 62_500 }
  const scaleOf = (formula: string, priceMarket = huge) => {
    const compiled = seriesProgram([formula], "1h", priceMarket)
    if (!compiled.ok) throw new Error("refused")
    return compiled.program.instructions[0].numbers.at(-1)
  }
  expect([scaleOf("sma(close, 5)"), scaleOf("sma(close, 6)"), scaleOf("wma(close, 3)")]).toEqual([1e8, 0, 0])
  expect(scaleOf("wma(close, 1000)", market)).toBe(100)
  expect(scaleOf("wma(close, 100000)", market)).toBe(0)
})

test("a switch among the params leaves only the branch it chooses", () => {
  const parts: Partial<WrittenStrategy> = {
    params: { useTrend: { type: "bool", value: true } },
    long: { enter: { all: ["not useTrend or close > ema(close, 200)", "close > open"] } },
  }
  const withTrend = program(parts)
  const without = program(parts, { useTrend: false })
  expect(textOf(withTrend, withTrend.signals.enterLong!)).toBe(
    "and(greater(close ema(close){200,100}) greater(close open))",
  )
  expect(textOf(without, without.signals.enterLong!)).toBe("greater(close open)")
  expect([withTrend.warmUp.readyAfterCandles, without.warmUp.readyAfterCandles]).toEqual([199, 0])
})

test("the same work is done once, whatever its name", () => {
  const one = program({
    series: { a: "sma(close, 10)", b: "sma(close, 10)", c: "a + b" },
    long: { enter: { all: ["crossover(a, c)", "sma(close, 10) > c"] }, exit: { any: ["b + a > close"] } },
  })
  expect(one.instructions.filter((instruction) => instruction.op === Op.sma)).toHaveLength(1)
  expect(one.instructions.filter((instruction) => instruction.op === Op.add)).toHaveLength(1)
  expect(one.named.map(({ name, register }) => [name, textOf(one, register)])).toEqual([
    ["a", "sma(close){10,100}"],
    ["b", "sma(close){10,100}"],
    ["c", "amount(add(sma(close){10,100} sma(close){10,100}) sma(close){10,100} sma(close){10,100}){20}"],
  ])
})

test("a series on a longer timeframe is computed anew from that timeframe's candles", () => {
  const one = program({ series: { fast: "sma(close, 3)", rise: "fast - fast[1]", daily: "rise @ 1d" } })
  const average = "sma@24h(close@24h){3,100}"
  const before = `lag@24h(${average}){1}`
  expect(textOf(one, one.named[2].register)).toBe(
    `align(amount@24h(subtract@24h(${average} ${before}) ${average} ${before}){6})`,
  )
  expect(one.clocks).toEqual([{ timeframeMs: HOUR_MS }, { timeframeMs: 24 * HOUR_MS }])
})

test("every instruction comes after its inputs, on the right clock", () => {
  const one = program({
    series: { a: "ema(close @ 1d, 5) + sma(close, 3) @ 4h", b: "a > sma(close, 4) @ 1d ? a[1] : close" },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 5 },
  })
  const ready = new Set(one.inputs.map((input) => input.register))
  for (const instruction of one.instructions) {
    expect(instruction.sources.every((source) => ready.has(source))).toBe(true)
    expect(instruction.op === Op.align ? instruction.clock : one.strategyClock).toBe(one.strategyClock)
    ready.add(instruction.destination)
  }
  expect(ready.size).toBe(one.registerCount)
})

test("warm-up follows the longest path, longer candles counted in the strategy's own", () => {
  const warm = (formula: string) => series(formula).warmUp
  expect(warm("sma(close, 10)")).toEqual({ readyAfterCandles: 9, settledAfterCandles: 10 })
  expect(warm("sma(sma(close, 10), 5)[2]")).toEqual({ readyAfterCandles: 15, settledAfterCandles: 17 })
  expect(warm("sma(close, 2) @ 1d")).toEqual({ readyAfterCandles: 47, settledAfterCandles: 94 })
})

const exits: [string, string][] = [
  ["position.profitPercent > 3", "greater(profit 3)"],
  ["close < open or position.candles >= 10", "or([less(close open)] greaterOrEqual(candles 10))"],
  [
    "close < position.entryPrice * 0.98 and rising(close, 2)",
    "and(less([close] amount(multiply(entry 0.98) entry entry)) [rising(close){2}])",
  ],
  [
    "max(position.profitPercent, 1 + 1) > (ema(close, 20) @ 1d)",
    "greater(max(profit 2) [align(ema@24h(close@24h){20,100})])",
  ],
]

test.each(exits)("an exit on %s follows the position, with the market's part latched", (formula, expected) => {
  const one = program({ long: { enter: { all: ["close > 0"] }, exit: { any: [formula] } } })
  expect(one.signals.exitLong).toBeUndefined()
  expect(positionText(one, one.positionPrograms.exitLong!)).toBe(expected)
  expect(one.conditions[1]).toEqual({ part: "long.exit", formula })
})

function positionText(one: Program, { latched, instructions, result, cellCount }: PositionProgram): string {
  const cellText = (cell: number): string => {
    expect(cell).toBeLessThan(cellCount)
    if (cell < 3) return ["profit", "candles", "entry"][cell]
    if (cell < 3 + latched.length) return `[${textOf(one, latched[cell - 3])}]`
    const made = instructions.find((instruction) => instruction.destination === cell)!
    return made.op === Op.constant ? String(made.numbers[0]) : `${Op[made.op]}(${made.sources.map(cellText).join(" ")})`
  }
  return cellText(result)
}

test("an ATR stop is a distance from the entry", () => {
  const one = program({
    params: { far: { type: "number", value: 2.5, min: 1, max: 9 } },
    protect: { stopLoss: { kind: "atr", length: 20, multiple: "far" } },
  })
  expect(textOf(one, one.prices.stop!)).toBe("multiply(atr(high low close){20,100} 2.5)")
  expect(one.prices.stopIsDistance).toBe(true)
})

test("outputs of a named series are asked by the dot, and each is named for charts", () => {
  const one = program({
    series: { m: "macd(close) @ 4h", up: "m.histogram > m.histogram[1]" },
    long: { enter: { all: ["up and m.line > 0"] } },
  })
  expect(one.named.map(({ name }) => name)).toEqual(["m.line", "m.signal", "m.histogram", "up"])
  expect(textOf(one, one.named[3].register)).toBe(
    "greater(align(macd@4h(close@4h){12,26,9,100}.2) lag(align(macd@4h(close@4h){12,26,9,100}.2)){1})",
  )
})

test("stops and targets by formula become registers, in the document's order", () => {
  const one = program({
    protect: {
      stopLoss: { kind: "price", formula: "sma(low, 3)" },
      takeProfit: [
        { percent: 2, share: 0.5 },
        { formula: "close * 2", share: 0.5 },
        { formula: "position.entryPrice + 5" },
      ],
    },
  })
  expect(textOf(one, one.prices.stop!)).toBe("sma(low){3,100}")
  expect(one.prices.stopIsDistance).toBeUndefined()
  expect(one.prices.targets.map((target) => target !== undefined && textOf(one, target))).toEqual([
    false,
    "amount(multiply(close 2) close close){2}",
    false,
  ])
  expect(one.positionPrograms.targets.map(Boolean)).toEqual([false, false, true])
})

test("conditions joined by any and all keep a register each", () => {
  const one = program({
    long: { enter: { all: ["close > 1", "close > 2", "1 < 2"] } },
    short: { enter: { any: ["close < 1", "close < 2"] }, exit: { any: ["close > 5"] } },
  })
  expect(one.conditions.map(({ part, formula, register }) => [part, formula, textOf(one, register!)])).toEqual([
    ["long.enter", "close > 1", "greater(close 1)"],
    ["long.enter", "close > 2", "greater(close 2)"],
    ["long.enter", "1 < 2", "1"],
    ["short.enter", "close < 1", "less(close 1)"],
    ["short.enter", "close < 2", "less(close 2)"],
    ["short.exit", "close > 5", "greater(close 5)"],
  ])
  expect(textOf(one, one.signals.enterLong!)).toBe("and(greater(close 1) greater(close 2))")
  expect(textOf(one, one.signals.enterShort!)).toBe("or(less(close 1) less(close 2))")
})

test("params outside their slider or of another kind are refused", () => {
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "t",
    timeframe: "1h",
    params: { n: { type: "int", value: 3, min: 1, max: 9 } },
    long: { enter: { all: ["sma(close, n) > 1"] } },
  })
  const because = (params: Record<string, number | boolean>) => {
    const compiled = compileStrategy(strategy, { params, market })
    return compiled.ok ? "accepted" : compiled.problems[0].because
  }
  expect([because({ n: 9 }), because({ n: 10 }), because({ n: 1.5 }), because({ n: true }), because({ m: 3 })]).toEqual(
    [
      "accepted",
      "10 is outside 1 to 9",
      "this param takes whole numbers, not 1.5",
      "this param takes a number",
      "the strategy has no param `m`; did you mean `n`?",
    ],
  )
})

test("logic is Kleene's: not ready spreads only where it matters", () => {
  const values = [0, 1, Number.NaN]
  const table = (op: Op) => values.flatMap((a) => values.map((b) => folded(op, [a, b])))
  expect(table(Op.and)).toEqual([0, 0, 0, 0, 1, Number.NaN, 0, Number.NaN, Number.NaN])
  expect(table(Op.or)).toEqual([0, 1, Number.NaN, 1, 1, 1, Number.NaN, 1, Number.NaN])
  expect(values.map((value) => folded(Op.not, [value]))).toEqual([1, 0, Number.NaN])
})

test("no two registers of a program hold the same work", () => {
  const leaf = fc.constantFrom(
    "close",
    "open",
    "sma(close, 3)",
    "sma(open, 3)",
    "close[1]",
    "ema(close, 5) @ 1d",
    "2",
    "0",
    "x",
  )
  const join = fc.constantFrom("+", "*", "-", ">", "and", "or", "==")
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie("tree"), join, tie("tree")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    ),
  }))
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const one = program({ series: { x: "close - open", a, b } })
      const keys = one.instructions.map(({ op, clock, sources, numbers }) =>
        JSON.stringify([op, clock, sources, numbers.map((number) => (Object.is(number, -0) ? "-0" : String(number)))]),
      )
      expect(new Set(keys).size).toBe(keys.length)
    }),
    { numRuns: 300 },
  )
})
