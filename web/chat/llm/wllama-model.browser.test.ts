import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { envelopeFor, jsonSchemaOf, strategyFromModel } from "#engine/idea"
import type { ModelFacts, ModelPiece, ModelRequest } from "#models"
import { keepGguf } from "./gguf-store.ts"
import { strategyGguf } from "./testing/spelt-strategy.ts"
import { randomGguf } from "./testing/tiny-gguf.ts"
import type { WllamaStart } from "./wllama-model.ts"
import address from "./wllama-worker.ts?worker&url"
import { WorkerModel } from "./worker-model.ts"

const facts: ModelFacts = {
  id: "wllama/tiny",
  model: "tiny",
  name: "tiny",
  place: "device",
  host: "",
  wire: "envelope",
  strict: "yes",
  schema: "small",
  contextTokens: 8192,
  reportsCachedTokens: true,
  needs: {},
}
const { signal } = new AbortController()
const opened: WorkerModel<WllamaStart>[] = []

async function modelOf(bytes: Uint8Array<ArrayBuffer>) {
  const file = await keepGguf(new File([bytes], "tiny.gguf"), { onShare: () => {}, signal })
  const model = new WorkerModel<WllamaStart>(facts, address, { facts, file })
  opened.push(model)
  return model
}

afterAll(async () => {
  for (const model of opened) {
    await model.remove()
    model.close()
  }
})

const schema = jsonSchemaOf(envelopeFor("small"), "device")
const request: ModelRequest = {
  messages: [
    { role: "system", text: "Fill in the strategy." },
    { role: "user", text: "buy the dip" },
  ],
  answer: { kind: "envelope", schema },
  mostOutputTokens: 4000,
}

async function answerOf(model: WorkerModel<WllamaStart>, wanted = request) {
  const pieces: ModelPiece[] = []
  for await (const piece of model.ask(wanted, signal)) pieces.push(piece)
  const text = pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")
  return { pieces, text }
}

test("a model of random weights on this device fills in the schema, and its answer ends", async () => {
  const model = await modelOf(randomGguf(7))
  const began = performance.now()
  const { pieces, text } = await answerOf(model)
  const usage = pieces.find((piece) => piece.kind === "usage")
  if (usage?.kind === "usage")
    console.info(
      `${Math.round((1000 * usage.usage.output) / (performance.now() - began))} tokens a second, random weights`,
    )
  const value = JSON.parse(text) as { kind: string; strategy: object }
  expect(["strategy", "question", "decline", "answer"]).toContain(value.kind)
  expect(Object.keys(value.strategy)).toEqual([
    "plan",
    "name",
    "timeframe",
    "market",
    "buyWhen",
    "sellWhen",
    "stop",
    "target",
    "trailing",
    "risk",
    "assumptions",
  ])
  expect(pieces.at(-1)).toEqual({ kind: "end", why: "done" })
  expect(pieces.find(({ kind }) => kind === "usage")).toMatchObject({ usage: { output: expect.any(Number) } })
})

describe("a model that writes one strategy", () => {
  let model: WorkerModel<WllamaStart>
  beforeAll(async () => (model = await modelOf(strategyGguf())))
  const words = (text: string) => ({
    ...request,
    answer: { kind: "text" as const },
    messages: [{ role: "user" as const, text }],
  })

  test("what it writes on this device becomes a strategy that holds", async () => {
    const { text } = await answerOf(model)
    const value = JSON.parse(text) as { kind: string; strategy: unknown }
    expect(value.kind).toBe("strategy")
    expect(strategyFromModel(value.strategy, { form: "small" })).toMatchObject({
      ok: true,
      document: { markets: ["BTC/USDT"], long: { enter: { all: ["close > limitOfClose"] } } },
    })
  })

  test("an answer that is stopped ends at once, and the next one begins anew", async () => {
    const stopping = new AbortController()
    const heard: string[] = []
    const answer = async () => {
      for await (const piece of model.ask({ ...words("{"), mostOutputTokens: 7000 }, stopping.signal)) {
        heard.push(piece.kind)
        stopping.abort(new Error("enough"))
      }
    }
    await expect(answer()).rejects.toThrow("enough")
    expect(heard).not.toContain("end")
    const { pieces } = await answerOf(model, { ...words("{"), mostOutputTokens: 5 })
    expect(pieces.at(-1)).toEqual({ kind: "end", why: "length" })
  })

  test("a conversation longer than it can read is called that", async () => {
    await expect(answerOf(model, words("a".repeat(20_000)))).rejects.toMatchObject({ kind: "contextFull" })
  })

  test("deleted, it leaves nothing on this device and says how it comes back", async () => {
    expect(await model.storedBytes()).toBeGreaterThan(100_000)
    await model.remove()
    expect(await model.storedBytes()).toBe(0)
    expect(await model.status()).toMatchObject({ state: "unavailable", nextStep: "Choose the file again." })
    await expect(answerOf(model)).rejects.toMatchObject({ kind: "gone" })
  })
})

test("what is no model is refused before it is kept, and what is broken says so", async () => {
  const keep = (text: string) => keepGguf(new File([text], "notes.gguf"), { onShare: () => {}, signal })
  await expect(keep("just some notes")).rejects.toMatchObject({ kind: "badOutput" })
  const broken = await modelOf(new TextEncoder().encode("GGUF and then nothing of the kind"))
  await expect(answerOf(broken)).rejects.toMatchObject({
    kind: "badOutput",
    nextStep: expect.stringContaining(".gguf"),
  })
})
