import { beforeAll, describe, expect, test } from "vitest"
import { codeEngine, codeDocument } from "../../../testing/code-story.ts"
import { coreSources } from "../../../testing/core-sources.ts"
import { defaultAccount } from "../backtest-request.ts"
import { openSession } from "../engine/engine-session.ts"
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

async function ran(source: string, size: "risk" | "equity" = "equity"): Promise<Backtested> {
  const document = codeDocument(source, {
    protect: { stopLoss: { kind: "percent", percent: 5 } },
    size: size === "risk" ? { kind: "risk", percent: 1 } : { kind: "equity", percent: 50 },
  })
  return backtest(await codeEngine(source), {
    strategy: document,
    markets: [{ market: "BTC/USDT", candles }],
    account: defaultAccount,
  })
}

/** What "Why?" says the code wrote at the last candle. */
async function journalAtTheEnd(source: string): Promise<string[]> {
  const session = openSession(await codeEngine(source), [{ market: "BTC/USDT", candles }])
  const plan = { strategy: codeDocument(source), account: defaultAccount }
  const answer = await why(session, plan, { openTimeMs: candles.openTimeMs.at(-1)! })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.why.journal
}

async function stoppedBy(statements: string, outside = ""): Promise<string> {
  const answer = await ran(doing(statements, outside))
  if (answer.ok) throw new Error("it was not stopped")
  expect(answer.problems[0].path).toBe("code.source")
  return answer.problems[0].because
}

describe("endless code is stopped, in a sentence", () => {
  test("a loop without an end", async () => {
    expect(await stoppedBy("while (true) {}")).toBe(
      "Your code ran too long on the candle of 2024-01-01 04:00 UTC. Look for a loop that never ends, or do less work per candle. Its only loop begins in line 8.",
    )
  })

  test("a loop without an end before the first candle", async () => {
    const answer = await ran(
      `import { Candle, Strategy } from "candlewright"\nlet n = 0\nwhile (n >= 0) { n = n > 5 ? 0 : n + 1 }\nexport class Mine extends Strategy { onCandle(candle: Candle): void {} }`,
    )
    expect(answer).toMatchObject({
      ok: false,
      problems: [{ because: expect.stringContaining("Your code ran too long before the first candle.") }],
    })
  })

  test("functions that each call the one before twice, sixty of them, without any loop", async () => {
    const doubled = Array.from({ length: 60 }, (_, n) => `function f${n + 1}(): void { f${n}(); f${n}() }`)
    expect(
      await stoppedBy(
        "f60()",
        ["let work: f64 = 0", "function f0(): void { work = work * 1.5 + 1 }", ...doubled].join("\n"),
      ),
    ).toContain("ran too long")
  })

  test("a function that calls itself without an end", async () => {
    expect(
      await stoppedBy("this.log(deeper(1).toString())", "function deeper(n: f64): f64 { return deeper(n + 1) + 1 }"),
    ).toMatch(/^Your code (called itself too deeply|ran too long) on the candle of 2024-01-01 04:00 UTC\./)
  })

  test("a method that calls itself without an end fills the collector's stack, and the message says so", async () => {
    const source =
      'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  deeper(n: f64): f64 { return this.deeper(n + 1) + 1 }\n  onCandle(candle: Candle): void { this.log(this.deeper(1).toString()) }\n}'
    const answer = await ran(source)
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
    const answer = await ran(
      `import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  constructor() { super(); this.listenTo("${timeframe}") }\n  onCandle(candle: Candle): void {}\n}`,
    )
    expect(answer).toMatchObject({ ok: false, problems: [{ because: expect.stringMatching(sentence) }] })
  })

  test("an assertion without a word, and an error without one", async () => {
    expect(await stoppedBy("assert(candle.close < 0)")).toMatch(/: something it asserts is not so\.$/)
    expect(await stoppedBy('throw new Error("")')).toMatch(/: its error says nothing\.$/)
  })

  test("objects that call each other without an end", async () => {
    expect(
      await stoppedBy(
        "new Knot().pull()",
        'class Knot { text: string = ""; pull(): string { const next = new Knot(); return next.pull() + this.text } }',
      ),
    ).toMatch(/^Your code (called itself too deeply|ran too long|wanted more|stopped) on the candle/)
  })

  test("memory without an end", async () => {
    expect(
      await stoppedBy(
        "for (let n = 0; n < 100000; n++) kept.push(new Float64Array(10000))",
        "const kept: Float64Array[] = []",
      ),
    ).toBe(
      "Your code wanted more than its 8 MB of memory on the candle of 2024-01-01 04:00 UTC. Keep less, for example only the last few hundred values.",
    )
  })

  test("its own error, an index beyond an array, a missing param and a missing column", async () => {
    expect(await stoppedBy('throw new Error("I give up")')).toBe(
      "Your code stopped on the candle of 2024-01-01 04:00 UTC: I give up.",
    )
    expect(await stoppedBy("const list = [1.0]; list[this.count] += 1")).toBe(
      "Your code stopped on the candle of 2024-01-01 04:00 UTC: Index out of range.",
    )
    expect(await stoppedBy('this.param("fats")')).toBe(
      'Your code stopped on the candle of 2024-01-01 04:00 UTC: there is no param "fats" in this strategy; it has none.',
    )
    expect(await stoppedBy('candle.extra("mood")')).toBe(
      'Your code stopped on the candle of 2024-01-01 04:00 UTC: the candle file has no column "mood"; it has none.',
    )
    expect(await stoppedBy("new Sma(0)")).toBe(
      "Your code stopped on the candle of 2024-01-01 04:00 UTC: a window has at least one candle.",
    )
  })

  test("released memory does not add up", async () => {
    const answer = await ran(doing("for (let n = 0; n < 50; n++) this.count = 5 + new Float64Array(2000).length % 2"))
    expect(answer.ok).toBe(true)
  })
})

describe("NaN is refused, not traded", () => {
  test.each([
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
  ])("%s, and the candle says so", async (call, statements, reason) => {
    const source = doing(statements)
    const answer = await ran(source)
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.result.trades).toEqual([])
    expect(new Set(answer.result.rejected.map(({ reason }) => reason))).toEqual(new Set([reason]))
    expect(await journalAtTheEnd(source)).toEqual([expect.stringContaining(`It asked for ${call}: `)])
  })

  test("zero and negative quantities, and those beyond the cash", async () => {
    for (const [quantity, reason] of [
      ["0", "quantityStep"],
      ["-1", "quantityStep"],
    ]) {
      const answer = await ran(doing(`this.buy().quantity(${quantity})`))
      if (!answer.ok) throw new Error(answer.problems[0].because)
      expect([answer.result.trades.length, answer.result.rejected[0].reason]).toEqual([0, reason])
    }
    const answer = await ran(doing("this.buy().quantity(1e300)"), "risk")
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

  test.each([
    ["the clock", "this.log(Date.now().toString())"],
    ["chance", "this.log(Math.random().toString())"],
    ["raw memory", "store<f64>(64, 1e9)"],
    ["growing memory", "memory.grow(1000)"],
    ["objects made of numbers", "changetype<string>(64)"],
    ["indexes beyond an array", "unchecked([1.0][-1])"],
    ["memory by another name", "i32.store(0, 1)"],
    ["what hides in a text", "this.log(`http://${memory.grow(1)}`)"],
  ])("%s", async (_what, statements) => {
    const source = doing(statements)
    const compiled = await compileCode(source, { core, optimize: "fast" })
    if (compiled.ok) throw new Error("it was compiled")
    expect(compiled.diagnostics[0].message.length).toBeGreaterThan(10)
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
