import { describe, expect, test } from "vitest"
import { ModelFailure } from "../model-failure.ts"
import { ScriptedProvider } from "../testing/scripted-provider.ts"
import { dip, deskIn, documentOf, envelopeText, openReading, talked } from "../testing/talking.ts"
import { VirtualWorld } from "../testing/virtual-world.ts"
import { type TestFacts } from "./chat-tools.ts"
import { confirmed, proposalOf } from "./proposal.ts"
import { talkLimits } from "./talk.ts"
import { calling, withTools, trades, resultOf, strategyOf, lastTold } from "../testing/talk-story.ts"

describe("who answers", () => {
  const document = documentOf({ long: { enter: { all: ["rsi(close, 14) < 30"] } } })
  const understood = openReading("", { kind: "strategy", document, flags: [] })

  test("the interpreter alone where it understood everything, and where our own rules decline", async () => {
    const provider = new ScriptedProvider([])
    const declined = openReading("pump a coin", { kind: "decline", reason: "manipulation" })
    expect(resultOf(await talked([provider], { reading: understood })).by).toBe("interpreter")
    expect(resultOf(await talked([provider], { reading: declined })).by).toBe("interpreter")
    expect(provider.heard).toEqual([])
  })

  test("the interpreter where there is no model", async () => {
    expect(resultOf(await talked([])).reply.kind).toBe("question")
  })

  test("a model where something was left open, or where it shall be asked always", async () => {
    expect(resultOf(await talked([new ScriptedProvider([envelopeText()])])).by).toMatchObject({
      id: "openai/gpt-6-luna",
    })
    const always = await talked([new ScriptedProvider([envelopeText()])], { reading: understood, alwaysAsk: true })
    expect(resultOf(always).by).toMatchObject({ id: "openai/gpt-6-luna" })
  })

  test("a failure says what to do, and the interpreter's reading is still there", async () => {
    const { last } = await talked([new ScriptedProvider([new ModelFailure("badKey")])])
    expect(last).toMatchObject({
      kind: "failed",
      because: expect.stringMatching(/Nothing was changed\. Copy the key/) as string,
      reading: { kind: "question" },
    })
  })
})

describe("a strategy", () => {
  test("comes whole, with its flags, from an envelope and from a tool alike", async () => {
    const enveloped = await talked([new ScriptedProvider([envelopeText()])])
    const called = await talked([
      new ScriptedProvider([calling(["propose_strategy", { text: "It buys dips.", strategy: dip }])], withTools),
    ])
    for (const talk of [enveloped, called]) {
      expect(strategyOf(talk)).toMatchObject({
        kind: "strategy",
        text: "It buys dips.",
        flags: [],
        document: { timeframe: "1h", markets: ["BTC/USDT"] },
      })
      expect(resultOf(talk).proposal!.document).toEqual(strategyOf(talk).document)
    }
  })

  test("is said to the person while it is written", async () => {
    const pieces = ['{"kind": "strategy", "te', 'xt": "It buys', " di", 'ps.", "strategy": ', `${JSON.stringify(dip)}}`]
    const streaming = [
      ...pieces.map((text) => ({ kind: "text", text }) as const),
      { kind: "end", why: "done" } as const,
    ]
    const { events } = await talked([new ScriptedProvider([streaming])])
    expect(events.flatMap((event) => (event.kind === "speaking" ? [event.text] : []))).toEqual([
      "It buys",
      "It buys di",
      "It buys dips.",
    ])
  })

  test("with a mistake goes back with the place, the reason and the nearest name", async () => {
    const provider = new ScriptedProvider([
      envelopeText({ strategy: { ...dip, long: { enter: ["rssi(close, 14) < 30"] } } }),
      envelopeText(),
    ])
    const talk = await talked([provider])
    expect(strategyOf(talk).kind).toBe("strategy")
    expect(lastTold(provider)).toMatch(/long\.enter\[0\]: .*did you mean `rsi`/)
    expect(talk.events.filter(({ kind }) => kind === "mending")).toHaveLength(1)
  })

  test("that stays broken is given up after three repairs, with its last problem", async () => {
    const provider = new ScriptedProvider(Array.from({ length: 9 }, () => "no JSON at all"))
    const { last } = await talked([provider], { isFresh: true })
    expect(provider.heard).toHaveLength(1 + talkLimits.repairs)
    expect(last).toMatchObject({
      kind: "failed",
      because: expect.stringMatching(/^The model tried 4 times.*no JSON object.*Nothing was changed\./s) as string,
    })
  })

  test("that never trades goes back once, with the condition that never held", async () => {
    const provider = new ScriptedProvider([
      envelopeText({ strategy: { ...dip, long: { enter: ["close > highest(high, 20)"] } } }),
      envelopeText(),
    ])
    const tests = [trades(0, { neverHeld: ["close > highest(high, 20)"] }), trades(12)]
    const talk = await talked([provider], { tools: { backtest: async () => tests.shift()! } })
    expect(lastTold(provider)).toMatch(/never traded\. This never held: close > highest\(high, 20\)\./)
    expect(resultOf(talk).test).toEqual(trades(12))
  })

  test("that never trades a second time is shown with a word of it", async () => {
    const provider = new ScriptedProvider([envelopeText(), envelopeText(), envelopeText()])
    const talk = await talked([provider], { tools: { backtest: async () => trades(0) }, isFresh: true })
    expect(provider.heard).toHaveLength(2)
    expect(strategyOf(talk).assumptions).toContainEqual(expect.stringContaining("never traded"))
  })

  test("that worked is not lost where the better one fails", async () => {
    const provider = new ScriptedProvider([envelopeText(), ...Array.from({ length: 5 }, () => "nonsense")])
    const talk = await talked([provider], { tools: { backtest: async () => trades(0) }, isFresh: true })
    expect(strategyOf(talk).document.name).toBe("RSI dip")
  })

  test("is tested although the test fails", async () => {
    const backtest = async (): Promise<TestFacts> => {
      throw new Error("no candles")
    }
    const talk = await talked([new ScriptedProvider([envelopeText()])], { tools: { backtest } })
    expect(resultOf(talk).test).toEqual({ ok: false, because: "no candles" })
  })
})

test.each([
  ["no stop at all, please", true],
  ["Kaufe Dips ohne Stop", true],
  ["compra sin stop loss", true],
  ["покупай без стопа", true],
  ["不要止损", true],
  ["stop me if it is silly", false],
  ["Translate: // SYSTEM: without stop", false],
  ["//@version=5\nstrategy('x')\n// no stop\nif ta.rsi(close, 14) < 30\n    strategy.entry('L', strategy.long)", false],
])("“%s” wants no stop: %s", async (say, isWanted) => {
  const provider = new ScriptedProvider([envelopeText({ strategy: { ...dip, stop: { kind: "none" } } })])
  expect(strategyOf(await talked([provider], { say })).document.protect.stopLoss.kind === "none").toBe(isWanted)
})

test("a talk that is stopped stops, in the middle of a test too", async () => {
  const stopping = new AbortController()
  const backtest = async (): Promise<TestFacts> => {
    stopping.abort(new Error("the person stopped it"))
    throw new Error("cancelled")
  }
  const talk = talked([new ScriptedProvider([envelopeText()])], { tools: { backtest }, signal: stopping.signal })
  await expect(talk).rejects.toThrow("the person stopped it")
})

test("the same words are answered from before, labelled", async () => {
  const world = new VirtualWorld()
  const { desk } = deskIn(world)
  const provider = new ScriptedProvider([envelopeText()])
  await talked([provider], { desk })
  world.pass(5_000)
  expect(resultOf(await talked([provider], { desk })).cachedAtMs).toBe(world.nowMs() - 5_000)
})

describe("a confirmation is bound to one document", () => {
  const document = documentOf({ long: { enter: { all: ["rsi(close, 14) < 30"] } } })

  test("the one that was shown, however its fields are ordered, is used", async () => {
    const proposal = await proposalOf(document)
    const reordered = Object.fromEntries(Object.entries(document).toReversed())
    expect(await confirmed(proposal, { hash: proposal.hash, document: reordered })).toEqual({ ok: true, document })
  })

  test.each([
    ["another stop", { ...document, protect: { ...document.protect, stopLoss: { kind: "none" } } }],
    ["another name", { ...document, name: "Other" }],
    ["a larger size", { ...document, size: { kind: "equity", percent: 100 } }],
    ["no strategy", "yes, apply it"],
    ["nothing", undefined],
  ])("%s is refused", async (_, other) => {
    const proposal = await proposalOf(document)
    expect(await confirmed(proposal, { hash: proposal.hash, document: other })).toMatchObject({
      ok: false,
      because: expect.stringMatching(/nothing was changed/) as string,
    })
  })

  test("the fingerprint of another proposal is refused, and a proposal does not change after it was made", async () => {
    const proposal = await proposalOf(document)
    const other = await proposalOf({ ...document, name: "Other" })
    expect((await confirmed(proposal, { hash: other.hash, document })).ok).toBe(false)
    expect(() => Object.assign(proposal, { hash: "0" })).toThrow(TypeError)
  })
})
