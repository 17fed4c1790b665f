import { describe, expect, test } from "vitest"
import { ScriptedProvider } from "../testing/scripted-provider.ts"
import { dip, documentOf, envelopeText, openReading, talked } from "../testing/talking.ts"
import { calling, withTools, resultOf, strategyOf, toldTo, lastTold } from "../testing/talk-story.ts"

describe("what the person said counts", () => {
  const say = "buy when RSI 14 is under 30, stop 3 %"
  const read = documentOf({
    long: { enter: { all: ["rsi(close, 14) < 30"] } },
    protect: { stopLoss: { kind: "percent", percent: 3 } },
  })
  const reading = openReading(say, { kind: "strategy", document: read, flags: [] })
  const changed = envelopeText({ strategy: { ...dip, long: { enter: ["rsi(close, 14) < 25"] } } })

  const addedExit = "It added: it may sell when the RSI of the price over 14 candles is above 70."

  test("a number that the model changed goes back once, and then the person's stands", async () => {
    const provider = new ScriptedProvider([changed, envelopeText()])
    const talk = await talked([provider], { say, reading })
    expect(lastTold(provider)).toMatch(/You said 30; the rules have 25 \(RSI limit\)\./)
    expect(resultOf(talk).pointedOut).toEqual([addedExit])
  })

  test("where the model insists, the person hears of it", async () => {
    const talk = await talked([new ScriptedProvider([changed, changed])], { say, reading, isFresh: true })
    expect(resultOf(talk).pointedOut).toEqual(["You said 30; the rules have 25 (RSI limit)."])
  })

  test("a stop is left out only by the person", async () => {
    const stopless = envelopeText({ strategy: { ...dip, stop: { kind: "none" } } })
    const kept = strategyOf(await talked([new ScriptedProvider([stopless])]))
    expect(kept.document.protect.stopLoss).toEqual({ kind: "percent", percent: 2 })
    expect(kept.assumptions).toContainEqual(expect.stringContaining("which you did not ask for"))
    const own = documentOf({
      long: read.long,
      protect: { stopLoss: { kind: "none" } },
      size: { kind: "equity", percent: 20 },
    })
    const wanted = openReading("no stop at all", { kind: "strategy", document: own, flags: ["noStop"] })
    const without = strategyOf(await talked([new ScriptedProvider([stopless])], { reading: wanted }))
    expect(without.document.protect.stopLoss.kind).toBe("none")
    expect(without.flags).toContain("noStop")
  })

  test("a stop that the person said, or that the strategy had, is the one that stands", async () => {
    const stopless = envelopeText({ strategy: { ...dip, stop: { kind: "none" } } })
    const said = strategyOf(await talked([new ScriptedProvider([stopless, stopless])], { say, reading }))
    expect(said.document.protect.stopLoss).toEqual({ kind: "percent", percent: 3 })
    expect(said.assumptions).toContainEqual(expect.stringContaining("your stop of 3 % stands"))
    const given = documentOf({ long: read.long, protect: { stopLoss: { kind: "atr", length: 14, multiple: 2 } } })
    const change = strategyOf(await talked([new ScriptedProvider([stopless])], { say: "make it nicer", given }))
    expect(change.document.protect.stopLoss).toEqual({ kind: "atr", length: 14, multiple: 2 })
    const stop = { from: 0, to: 8, words: "stop 3 %", meaning: "stop 3 %", part: "protect" as const }
    const open = { ...openReading("stop 3 %, something nice"), understood: [stop] }
    const half = strategyOf(await talked([new ScriptedProvider([stopless])], { reading: open }))
    expect(half.document.protect.stopLoss).toEqual({ kind: "percent", percent: 3 })
  })
})

describe("a change", () => {
  test("is of the whole strategy, said in words, and keeps the person's sliders", async () => {
    const given = documentOf({
      params: { mine: { type: "int", label: "My length", value: 14, min: 2, max: 50, step: 1 } },
      long: { enter: { all: ["rsi(close, mine) < 30"] } },
      protect: { stopLoss: { kind: "percent", percent: 4 } },
    })
    const strategy = {
      name: "Own",
      timeframe: "15m",
      settings: [{ name: "mine", value: 14 }],
      long: { enter: ["rsi(close, mine) < 30"] },
      stop: { kind: "percent", percent: 4 },
    }
    const provider = new ScriptedProvider(
      [calling(["change_strategy", { text: "Now on 15 minutes.", strategy }])],
      withTools,
    )
    const talk = await talked([provider], { given, purpose: "change", say: "use 15 minutes" })
    expect(strategyOf(talk).changes).toEqual(["Candles of 1h → 15m"])
    expect(strategyOf(talk).document).toEqual({ ...given, timeframe: "15m" })
    expect(toldTo(provider, 0).some(({ text }) => text.includes('"settings":[{"name":"mine","value":14}]'))).toBe(true)
  })
})

describe("questions, declines and answers", () => {
  test("a question has one topic and what can be picked", async () => {
    const asked = envelopeText({
      kind: "question",
      text: "When should it sell?",
      topic: "exit",
      choices: ["at +5 %", "when RSI > 70"],
    })
    expect(resultOf(await talked([new ScriptedProvider([asked])])).reply).toMatchObject({
      kind: "question",
      topic: "exit",
      choices: ["at +5 %", "when RSI > 70"],
      questions: 1,
    })
  })

  test("a decline has a reason, from a tool too", async () => {
    const declined = calling([
      "ask_user",
      { text: "Nobody can promise that.", topic: "none", reason: "guarantee", choices: [] },
    ])
    expect(resultOf(await talked([new ScriptedProvider([declined], withTools)])).reply).toMatchObject({
      kind: "decline",
      reason: "guarantee",
    })
  })

  test("an answer names the tools that had its facts", async () => {
    const provider = new ScriptedProvider(
      [calling(["explain_result", { about: "drawdown" }]), "It fell 9 % at worst."],
      withTools,
    )
    const talk = await talked([provider], { tools: { explainResult: async () => "maxDrawdownPercent 9" } })
    expect(resultOf(talk).reply).toMatchObject({
      kind: "answer",
      text: "It fell 9 % at worst.",
      tools: ["explain_result"],
    })
    expect(lastTold(provider)).toBe('<data about="explain_result">\nmaxDrawdownPercent 9\n</data>')
    expect(talk.events).toContainEqual({ kind: "step", tool: "explain_result" })
  })

  test("an answer of no words is asked for again", async () => {
    expect(
      resultOf(
        await talked([
          new ScriptedProvider([
            envelopeText({ kind: "answer", text: " " }),
            envelopeText({ kind: "answer", text: "So." }),
          ]),
        ]),
      ).reply.text,
    ).toBe("So.")
  })
})
