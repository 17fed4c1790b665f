import { beforeAll, describe, expect, test } from "vitest"
import { codeEngine, codeDocument } from "../../../testing/code-story.ts"
import { coreSources } from "../../../testing/core-sources.ts"
import { defaultAccount } from "../backtest-request.ts"
import { openSession } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { why } from "../why.ts"
import { backtest, type Backtested } from "../backtest.ts"
import { compileCode, type CoreSources } from "../../strategy/code/code-compile.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { meteredModule } from "../../strategy/code/wasm-meter.ts"
import { moduleOf, sectionIds, sectionsOf } from "../../strategy/code/wasm-section.ts"
import { WasmWriter } from "../../strategy/code/wasm-writer.ts"

const candles = syntheticCandles({
  seed: 5,
  candles: 400,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})

let core: CoreSources
beforeAll(async () => {
  core = await coreSources()
})

/** A strategy whose `onCandle` does this from its fifth candle on. */
function doing(statements: string, outside = ""): string {
  return `import { Candle, Strategy, Sma } from "candlewright"
${outside}
export class Mine extends Strategy {
  count: i32 = 0
  onCandle(candle: Candle): void {
    this.count += 1
    if (this.count < 5) return
    ${statements}
  }
}
`
}

/** One source that does one of several things: its param says which. Compiling takes far longer than running. */
class OneOf {
  readonly #statements: string[]
  readonly #source: string
  #engine: Promise<Engine> | undefined

  constructor(statements: string[], outside = "") {
    const branches = statements.map((each, n) => `if (this.param("which") == ${n}) { ${each} }`)
    this.#statements = statements
    this.#source = doing(branches.join("\n    "), outside)
  }

  /** The document that does this, and its engine. */
  async that(statement: string, size: "risk" | "equity" = "equity") {
    const value = this.#statements.indexOf(statement)
    const document = codeDocument(this.#source, {
      params: { which: { type: "int", value, min: 0, max: this.#statements.length } },
      protect: { stopLoss: { kind: "percent", percent: 5 } },
      size: size === "risk" ? { kind: "risk", percent: 1 } : { kind: "equity", percent: 50 },
    })
    this.#engine ??= codeEngine(this.#source)
    return { document, engine: await this.#engine }
  }
}

async function ran(strategy: OneOf, statement: string, size?: "risk" | "equity"): Promise<Backtested> {
  const { document, engine } = await strategy.that(statement, size)
  return backtest(engine, { strategy: document, markets: [{ market: "BTC/USDT", candles }], account: defaultAccount })
}

async function ranAlone(source: string): Promise<Backtested> {
  const markets = [{ market: "BTC/USDT", candles }]
  return backtest(await codeEngine(source), { strategy: codeDocument(source), markets, account: defaultAccount })
}

/** What "Why?" says the code wrote at the last candle. */
async function journalAtTheEnd(strategy: OneOf, statement: string): Promise<string[]> {
  const { document, engine } = await strategy.that(statement)
  const session = openSession(engine, [{ market: "BTC/USDT", candles }])
  const plan = { strategy: document, account: defaultAccount }
  const answer = await why(session, plan, { openTimeMs: candles.openTimeMs.at(-1)! })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.why.journal
}

function reasonOf(answer: Backtested): string {
  if (answer.ok) throw new Error("it was not stopped")
  expect(answer.problems[0].path).toBe("code.source")
  return answer.problems[0].because
}

const doubled = Array.from({ length: 60 }, (_, n) => `function f${n + 1}(): void { f${n}(); f${n}() }`)
const wrong = {
  doubling: "f60()",
  deeper: "this.log(deeper(1).toString())",
  asserts: "assert(candle.close < 0)",
  saysNothing: 'throw new Error("")',
  knot: "new Knot().pull()",
  hoards: "for (let n = 0; n < 100000; n++) kept.push(new Float64Array(10000))",
  givesUp: 'throw new Error("I give up")',
  beyond: "const list = [1.0]; list[this.count] += 1",
  param: 'this.param("fats")',
  column: 'candle.extra("mood")',
  window: "new Sma(0)",
  releases: "for (let n = 0; n < 50; n++) this.count = 5 + new Float64Array(2000).length % 2",
}
const gone = new OneOf(
  Object.values(wrong),
  [
    "let work: f64 = 0",
    "function f0(): void { work = work * 1.5 + 1 }",
    ...doubled,
    "function deeper(n: f64): f64 { return deeper(n + 1) + 1 }",
    'class Knot { text: string = ""; pull(): string { const next = new Knot(); return next.pull() + this.text } }',
    "const kept: Float64Array[] = []",
  ].join("\n"),
)

async function stoppedBy(statement: string): Promise<string> {
  return reasonOf(await ran(gone, statement))
}

describe("endless code is stopped, in a sentence", () => {
  test("a loop without an end", async () => {
    expect(reasonOf(await ranAlone(doing("while (true) {}")))).toBe(
      "Your code ran too long on the candle of 2024-01-01 04:00 UTC. Look for a loop that never ends, or do less work per candle. Its only loop begins in line 8.",
    )
  })

  test("a loop without an end before the first candle", async () => {
    const answer = await ranAlone(
      `import { Candle, Strategy } from "candlewright"\nlet n = 0\nwhile (n >= 0) { n = n > 5 ? 0 : n + 1 }\nexport class Mine extends Strategy { onCandle(candle: Candle): void {} }`,
    )
    expect(answer).toMatchObject({
      ok: false,
      problems: [{ because: expect.stringContaining("Your code ran too long before the first candle.") }],
    })
  })

  test("functions that each call the one before twice, sixty of them, without any loop", async () => {
    expect(await stoppedBy(wrong.doubling)).toContain("ran too long")
  })

  test("a function that calls itself without an end", async () => {
    expect(await stoppedBy(wrong.deeper)).toMatch(
      /^Your code (called itself too deeply|ran too long) on the candle of 2024-01-01 04:00 UTC\./,
    )
  })

  test("a method that calls itself without an end fills the collector's stack, and the message says so", async () => {
    const source =
      'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  deeper(n: f64): f64 { return this.deeper(n + 1) + 1 }\n  onCandle(candle: Candle): void { this.log(this.deeper(1).toString()) }\n}'
    const answer = await ranAlone(source)
    expect(answer).toMatchObject({
      ok: false,
      problems: [
        { because: expect.stringMatching(/^Your code (called itself too deeply|ran too long) on the candle of/) },
      ],
    })
  })

  test.each([
    ["7h", /before the first candle: "7h" is no timeframe; use one of 1m 3m/],
    ["4hh", /is no timeframe/],
    ["5m", /: "5m" is shorter than the strategy's own candles/],
  ])("listening to %s", async (timeframe, sentence) => {
    const answer = await ranAlone(
      `import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  constructor() { super(); this.listenTo("${timeframe}") }\n  onCandle(candle: Candle): void {}\n}`,
    )
    expect(answer).toMatchObject({ ok: false, problems: [{ because: expect.stringMatching(sentence) }] })
  })

  test("an assertion without a word, and an error without one", async () => {
    expect(await stoppedBy(wrong.asserts)).toMatch(/: something it asserts is not so\.$/)
    expect(await stoppedBy(wrong.saysNothing)).toMatch(/: its error says nothing\.$/)
  })

  test("objects that call each other without an end", async () => {
    expect(await stoppedBy(wrong.knot)).toMatch(
      /^Your code (called itself too deeply|ran too long|wanted more|stopped) on the candle/,
    )
  })

  test("memory without an end", async () => {
    expect(await stoppedBy(wrong.hoards)).toBe(
      "Your code wanted more than its 8 MB of memory on the candle of 2024-01-01 04:00 UTC. Keep less, for example only the last few hundred values.",
    )
  })

  test("its own error, an index beyond an array, a missing param and a missing column", async () => {
    expect(await stoppedBy(wrong.givesUp)).toBe("Your code stopped on the candle of 2024-01-01 04:00 UTC: I give up.")
    expect(await stoppedBy(wrong.beyond)).toBe(
      "Your code stopped on the candle of 2024-01-01 04:00 UTC: Index out of range.",
    )
    expect(await stoppedBy(wrong.param)).toBe(
      'Your code stopped on the candle of 2024-01-01 04:00 UTC: there is no param "fats" in this strategy; it has: which.',
    )
    expect(await stoppedBy(wrong.column)).toBe(
      'Your code stopped on the candle of 2024-01-01 04:00 UTC: the candle file has no column "mood"; it has none.',
    )
    expect(await stoppedBy(wrong.window)).toBe(
      "Your code stopped on the candle of 2024-01-01 04:00 UTC: a window has at least one candle.",
    )
  })

  test("released memory does not add up", async () => {
    const answer = await ran(gone, wrong.releases)
    expect(answer.ok).toBe(true)
  })
})

const nonsense: [call: string, statement: string, reason: string][] = [
  ["target(NaN)", "this.buy().target(NaN)", "notANumber"],
  ["quantity(NaN)", "this.buy().quantity(NaN)", "notANumber"],
  ["percent(Infinity)", "this.buy().percent(Infinity)", "notANumber"],
  ["stop(NaN)", "this.buy().stop(NaN)", "notReady"],
  ["stop(-Infinity)", "this.buy().stop(-Infinity)", "notANumber"],
  ["stopDistance(NaN)", "this.sellShort().stopDistance(NaN)", "notReady"],
  ["stopDistance(Infinity)", "this.buy().stopDistance(Infinity)", "notANumber"],
  ["target(price, -1)", "this.buy().target(1e9, -1)", "notANumber"],
  ["targetPercent(NaN)", "this.targetPercent(NaN)", "notANumber"],
  ["targetPercent(Infinity)", "this.targetPercent(Infinity)", "notANumber"],
]
const quantities = {
  none: "this.buy().quantity(0)",
  negative: "this.buy().quantity(-1)",
  endless: "this.buy().quantity(1e300)",
}
const asking = new OneOf([...nonsense.map(([, statement]) => statement), ...Object.values(quantities)])

describe("NaN is refused, not traded", () => {
  test.each(nonsense)("%s, and the candle says so", async (call, statement, reason) => {
    const answer = await ran(asking, statement)
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.result.trades).toEqual([])
    expect(new Set(answer.result.rejected.map(({ reason }) => reason))).toEqual(new Set([reason]))
    expect(await journalAtTheEnd(asking, statement)).toEqual([expect.stringContaining(`It asked for ${call}: `)])
  })

  test("zero and negative quantities, and those beyond the cash", async () => {
    for (const statement of [quantities.none, quantities.negative]) {
      const answer = await ran(asking, statement)
      if (!answer.ok) throw new Error(answer.problems[0].because)
      expect([answer.result.trades.length, answer.result.rejected[0].reason]).toEqual([0, "quantityStep"])
    }
    const answer = await ran(asking, quantities.endless, "risk")
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.result.metrics.finalEquity).toBeGreaterThan(0)
  })
})

test("two exported strategies are a mistake at the second one's name, and both are named", async () => {
  const source = doing("", "export class First extends Strategy { onCandle(candle: Candle): void {} }")
  const compiled = await compileCode(source, { core })
  expect(compiled).toMatchObject({ ok: false, diagnostics: [{ line: 3, isError: true }] })
  expect(compiled.diagnostics[0].message).toMatch(/^Two strategies are exported here, `First` and `Mine`/)
  const alone = source
    .replace("export class First", "class First")
    .replace("{", "{ // export class Third extends Strategy\n")
  expect((await compileCode(alone, { core, optimize: "fast" })).ok).toBe(true)
})

describe("code that reaches outside is refused at its line", () => {
  test.each([
    ["another package", 'import { x } from "elsewhere"\n', '"elsewhere"'],
    ["the core's own files", 'import { fillUp } from "candlewright/core/code/fuel"\n', '"candlewright/core/code/fuel"'],
    ["an outside function", '@external("env", "seed") declare function seed(): f64\n', "@external"],
  ])("%s", async (_what, line, place) => {
    const source = line + doing("")
    const compiled = await compileCode(source, { core })
    if (compiled.ok) throw new Error("it was compiled")
    const [{ start, end, line: row }] = compiled.diagnostics
    expect([source.slice(start, end), row]).toEqual([place, 1])
  })

  test("the clock, chance, growing memory, objects of numbers, indexes beyond an array, and what hides in a text, each in its line", async () => {
    const outside = [
      "this.log(Date.now().toString())",
      "this.log(Math.random().toString())",
      "memory.grow(1000)",
      "changetype<string>(64)",
      "unchecked([1.0][-1])",
      "i32.store(0, 1)",
      "this.log(`http://${memory.grow(1)}`)",
    ]
    const source = doing(outside.join("\n"))
    const compiled = await compileCode(source, { core, optimize: "fast" })
    if (compiled.ok) throw new Error("it was compiled")
    const lines = source.split("\n")
    expect(compiled.diagnostics.map(({ line }) => lines[line - 1].trim())).toEqual(outside)
    for (const { message } of compiled.diagnostics) expect(message.length).toBeGreaterThan(10)
  })

  test("raw memory, which the compiler itself refuses", async () => {
    const compiled = await compileCode(doing("store<f64>(64, 1e9)"), { core, optimize: "fast" })
    expect(compiled.ok ? "compiled" : compiled.diagnostics[0].message).toMatch(/^(?!compiled).{10}/)
  })

  test("the engine refuses modules that ask for more, run by themselves, or have no end", async () => {
    const compiled = await compileCode(doing(""), { core, optimize: "fast", unmetered: true })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
    const sections = sectionsOf(compiled.wasm)
    const withSection = (id: number, bytes: Uint8Array) =>
      moduleOf(
        sections.some((one) => one.id === id)
          ? sections.map((one) => (one.id === id ? { id, bytes } : one))
          : [...sections.slice(0, 5), { id, bytes }, ...sections.slice(5)],
      )
    const seed = new WasmWriter().unsigned(1).name("env").name("seed").byte(0, 0).taken()
    const aMemory = new WasmWriter().unsigned(1).name("env").name("memory").byte(2, 0, 1).taken()
    expect(() => meteredModule(withSection(sectionIds.import, seed))).toThrow("`env.seed`")
    expect(() => meteredModule(withSection(sectionIds.import, aMemory))).toThrow("`env.memory`")
    expect(() => meteredModule(withSection(sectionIds.start, Uint8Array.of(0)))).toThrow("run by itself")
    expect(() => meteredModule(withSection(sectionIds.memory, Uint8Array.of(1, 0, 2)))).toThrow("no end")
  })
})

describe("mistakes are reported at their place", () => {
  test.each([
    ["a missing word", "this.bui()", "bui"],
    ["an unknown name", "this.log(candel.close.toString())", "candel"],
    ["a text for a number", 'this.buy().percent("ten")', '"ten"'],
    ["a broken line", "const x = ;", ";"],
  ])("%s", async (_what, statements, place) => {
    const source = doing(statements)
    const compiled = await compileCode(source, { core, optimize: "fast" })
    if (compiled.ok) throw new Error("it was compiled")
    const [{ start, end, line, column }] = compiled.diagnostics
    const at = source.indexOf(statements) + statements.indexOf(place)
    expect([source.slice(start, end), start]).toEqual([place, at])
    expect(source.split("\n")[line - 1].slice(column - 1)).toMatch(place)
  })

  test("code without a strategy, and code that is too long", async () => {
    const compiled = await compileCode("export const x = 1", { core })
    expect(compiled).toMatchObject({
      ok: false,
      diagnostics: [{ message: expect.stringContaining("extends Strategy"), line: 1, column: 1 }],
    })
    const huge = strategyFromJson({
      format: "candlewright.strategy/1",
      name: "huge",
      timeframe: "1h",
      code: { language: "assemblyscript", source: `//${"x".repeat(300_000)}` },
    })
    expect(huge).toMatchObject({ ok: false, problems: [{ path: "code.source" }] })
  })

  test("a run with an engine of another source is refused", async () => {
    const document = codeDocument(doing(""))
    const request = { strategy: document, markets: [{ market: "A/B", candles }], account: defaultAccount }
    expect(await backtest(await codeEngine(doing("this.buy()")), request)).toMatchObject({
      ok: false,
      problems: [{ path: "code" }],
    })
  })
})
