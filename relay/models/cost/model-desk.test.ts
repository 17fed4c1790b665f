import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { ModelFailure } from "../model-failure.ts"
import type { ModelFacts, ModelPiece, ModelRequest } from "../provider.ts"
import { ScriptedProvider, textPieces } from "../testing/scripted-provider.ts"
import { VirtualWorld } from "../testing/virtual-world.ts"
import { type Budget, isNearBudget, spendingOf, usualBudget } from "./budget.ts"
import { firstPrices } from "./first-prices.ts"
import { MemoryAnswers } from "./kept-answer.ts"
import { MemoryLedger } from "./model-call.ts"
import { type DeskPiece, type DeskRequest, ModelDesk, OverBudget } from "./model-desk.ts"
import { modelsInOrder } from "./model-tiers.ts"

const request: ModelRequest = {
  messages: [{ role: "user", text: "buy the dip" }],
  answer: { kind: "text" },
  mostOutputTokens: 1_000,
}
const luna: Partial<ModelFacts> = {}
const sol: Partial<ModelFacts> = { id: "openai/gpt-6.1-sol", model: "gpt-6.1-sol" }

function opened(budget: Partial<Budget> = {}, prices = firstPrices) {
  const world = new VirtualWorld()
  const ledger = new MemoryLedger()
  let id = 0
  const limits = { ...usualBudget, ...budget }
  const deps = {
    world,
    ledger,
    answers: new MemoryAnswers(),
    prices: () => prices,
    budget: () => limits,
    newId: () => String(++id),
  }
  return { world, ledger, desk: new ModelDesk(deps), limits }
}

type Opened = ReturnType<typeof opened>

async function answer({ desk }: Opened, providers: ScriptedProvider[], changes: Partial<DeskRequest> = {}) {
  const pieces: DeskPiece[] = []
  const signal = new AbortController().signal
  for await (const piece of desk.ask({ providers, request: () => request, purpose: "build", signal, ...changes }))
    pieces.push(piece)
  return pieces
}

const notesOf = (pieces: DeskPiece[]) => pieces.flatMap((piece) => (piece.kind === "note" ? [piece.note.kind] : []))
const textOf = (pieces: DeskPiece[]) => pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")
const callsOf = ({ ledger }: Opened) => ledger.since(0)

/** Lets what is under way go on until something is so. */
async function until(what: string, isSo: () => boolean) {
  for (let turn = 0; turn < 100_000; turn++) {
    if (isSo()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`it never came to this: ${what}`)
}

const untilWaiting = ({ world }: Opened, ms: number) => until(`a wait of ${ms} ms`, () => world.nextInMs === ms)

test("a call is in the ledger with its four counts, its price row, its time and what it cost", async () => {
  const own = opened()
  await answer(own, [new ScriptedProvider(["Buy."], luna)])
  expect(await callsOf(own)).toEqual([
    {
      id: "1",
      atMs: own.world.nowMs(),
      purpose: "build",
      model: "openai/gpt-6-luna",
      place: "hosted",
      usage: { uncached: 1000, cachedRead: 500, cachedWrite: 0, output: 700 },
      isEstimated: false,
      price: firstPrices[0],
      // 1000 × 0.10 + 500 × 0.01 + 700 × 0.50 dollars a million.
      costMicroDollars: 455,
      firstPieceMs: 0,
      latencyMs: 0,
      outcome: "answered",
    },
  ])
})

test("while a call is under way it counts with the most it may cost, and stays so where the program ends meanwhile", async () => {
  const own = opened()
  const pieces = own.desk.ask({
    providers: [new ScriptedProvider(["Buy."], luna)],
    request: () => request,
    purpose: "build",
    signal: new AbortController().signal,
  })
  const reading = pieces[Symbol.asyncIterator]()
  await reading.next()
  await reading.next()
  expect((await callsOf(own))[0]).toMatchObject({ outcome: "underWay", isEstimated: true })
  expect((await callsOf(own))[0].costMicroDollars).toBeGreaterThan(500)
  await reading.return?.()
  expect((await callsOf(own))[0]).toMatchObject({ outcome: "stopped", isEstimated: true })
})

test("a call that may go over the budget is not made, and nothing leaves", async () => {
  const own = opened({ dayMicroDollars: 900 })
  const first = new ScriptedProvider(["Buy.", "Sell."], luna)
  await answer(own, [first])
  const again = answer(own, [first], { isFresh: true })
  await expect(again).rejects.toThrow(OverBudget)
  await expect(again).rejects.toThrow(
    /may cost up to \$0\.0006.*\$0\.0005 of your \$0\.0009 for today are spent\. It was not made\./,
  )
  expect(first.heard).toHaveLength(1)
  expect(await callsOf(own)).toHaveLength(1)
})

test("a price entered for a model on an own server stops its call before it is made, and is what a call costs", async () => {
  const entered = { ...firstPrices[0], model: "scripted" }
  const mine: Partial<ModelFacts> = { id: "127.0.0.1:1234/scripted", model: "scripted", place: "ownServer" }
  const stopped = opened({ dayMicroDollars: 100 }, [entered])
  const unheard = new ScriptedProvider(["Buy."], mine)
  await expect(answer(stopped, [unheard])).rejects.toThrow(/of your \$0\.0001 for today are spent\. It was not made/)
  expect(unheard.heard).toEqual([])
  const own = opened({}, [entered])
  await answer(own, [new ScriptedProvider(["Buy."], mine)])
  expect((await callsOf(own))[0]).toMatchObject({ costMicroDollars: 455, price: entered })
})

test("two calls at once cannot share what is left of a budget", async () => {
  const own = opened({ dayMicroDollars: 600 })
  const other = new ScriptedProvider(["b"], { ...luna, id: "openrouter/gpt-6-luna", host: "openrouter.ai" })
  const both = await Promise.allSettled([answer(own, [new ScriptedProvider(["a"], luna)]), answer(own, [other])])
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
})

test("a new UTC day begins at nothing, a new month too", async () => {
  const own = opened()
  await answer(own, [new ScriptedProvider(["Buy."], luna)])
  const at = async (nowMs: number) => spendingOf(own.ledger, own.limits, nowMs)
  expect(await at(own.world.nowMs())).toMatchObject({ dayMicroDollars: 455, monthMicroDollars: 455 })
  expect(await at(Date.UTC(2027, 0, 6))).toMatchObject({ dayMicroDollars: 0, monthMicroDollars: 455 })
  expect(await at(Date.UTC(2027, 1, 1))).toMatchObject({ dayMicroDollars: 0, monthMicroDollars: 0 })
})

test("a price nobody knows is never nothing: with a budget such a model is not asked unless one allows it", async () => {
  const unknown = () => new ScriptedProvider(["Buy."], { id: "groq/new", model: "new", host: "api.groq.com" })
  await expect(answer(opened(), [unknown()])).rejects.toThrow(/what this model costs/)
  const allowed = opened({ allowsUnknownPrices: true })
  await answer(allowed, [unknown()])
  expect((await callsOf(allowed))[0].costMicroDollars).toBeNull()
  const limitless = opened({ dayMicroDollars: null, monthMicroDollars: null })
  await answer(limitless, [unknown()])
  expect((await callsOf(limitless))[0].costMicroDollars).toBeNull()
})

test("a model on the device is asked whatever the budget", async () => {
  const own = opened({ dayMicroDollars: 0 })
  await answer(own, [new ScriptedProvider(["Buy."], { id: "wllama/x", model: "x", place: "device", host: "" })])
  expect((await callsOf(own))[0].costMicroDollars).toBe(0)
})

test("the same request is answered from before, labelled, for nothing; a fresh one is asked again", async () => {
  const own = opened()
  const provider = new ScriptedProvider(["Buy.", "Sell."], luna)
  await answer(own, [provider])
  const second = await answer(own, [provider])
  expect(textOf(second)).toBe("Buy.")
  expect(notesOf(second)).toEqual(["cached"])
  expect((await callsOf(own)).map(({ outcome, costMicroDollars }) => [outcome, costMicroDollars])).toEqual([
    ["answered", 455],
    ["cached", 0],
  ])
  expect(textOf(await answer(own, [provider], { isFresh: true }))).toBe("Sell.")
  const longer = { ...request, mostOutputTokens: 2_000 }
  await expect(answer(own, [provider], { request: () => longer })).rejects.toThrow(/script is at its end/)
})

test("an answer that failed is not kept for the next time", async () => {
  const own = opened()
  const provider = new ScriptedProvider([[{ kind: "text", text: "Bu" }], "Buy."], luna)
  await expect(answer(own, [provider])).rejects.toMatchObject({ kind: "cutShort" })
  expect(textOf(await answer(own, [provider]))).toBe("Buy.")
})

test("where one model fails the next is asked, and half an answer is taken back", async () => {
  const own = opened()
  const first = new ScriptedProvider([[{ kind: "text", text: "Bu" }]], sol)
  const pieces = await answer(own, [first, new ScriptedProvider(["Sell."], luna)])
  expect(pieces.map((piece) => (piece.kind === "note" ? piece.note.kind : piece.kind))).toEqual([
    "asking",
    "text",
    "retract",
    "fellBack",
    "asking",
    "text",
    "usage",
    "end",
  ])
  expect((await callsOf(own)).map(({ outcome }) => outcome)).toEqual(["cutShort", "answered"])
})

test("a model that declines is not overruled by another", async () => {
  const refusing = new ScriptedProvider([[{ kind: "end", why: "refused" }]], sol)
  const other = new ScriptedProvider(["Buy."], luna)
  await expect(answer(opened(), [refusing, other])).rejects.toMatchObject({ kind: "refused" })
  expect(other.heard).toEqual([])
})

test("over the budget no other model is asked behind the person's back", async () => {
  const other = new ScriptedProvider(["Buy."], luna)
  await expect(answer(opened({ dayMicroDollars: 700 }), [new ScriptedProvider(["x"], sol), other])).rejects.toThrow(
    OverBudget,
  )
  expect(other.heard).toEqual([])
})

test("asked too often, it is asked again after the time its server names", async () => {
  const own = opened()
  const provider = new ScriptedProvider([new ModelFailure("rateLimited", { retryAfterMs: 7_000 }), "Buy."], luna)
  const asking = answer(own, [provider])
  await untilWaiting(own, 7_000)
  own.world.pass(6_999)
  expect(provider.heard).toHaveLength(1)
  own.world.pass(1)
  const pieces = await asking
  expect(textOf(pieces)).toBe("Buy.")
  expect(pieces).toContainEqual({ kind: "note", note: { kind: "waiting", provider, ms: 7_000 } })
  expect((await callsOf(own)).map(({ outcome, costMicroDollars }) => [outcome, costMicroDollars])).toEqual([
    ["rateLimited", 0],
    ["answered", 455],
  ])
})

test("without a named time the waits grow, three times at most", async () => {
  const own = opened()
  const limited = () => new ModelFailure("rateLimited")
  const provider = new ScriptedProvider([limited(), limited(), limited(), "never"], luna)
  const asking = answer(own, [provider]).catch((error: unknown) => error)
  await untilWaiting(own, 750)
  own.world.pass(750)
  await untilWaiting(own, 1_500)
  own.world.pass(1_500)
  expect(await asking).toMatchObject({ kind: "rateLimited" })
  expect(provider.heard).toHaveLength(3)
})

test("a long wait is not made where another model can answer, and not at all beyond twenty seconds", async () => {
  const busy = () => new ScriptedProvider([new ModelFailure("rateLimited", { retryAfterMs: 10_000 })], sol)
  expect(textOf(await answer(opened(), [busy(), new ScriptedProvider(["Buy."], luna)]))).toBe("Buy.")
  const busier = new ScriptedProvider([new ModelFailure("rateLimited", { retryAfterMs: MINUTE_MS })], sol)
  await expect(answer(opened(), [busier])).rejects.toMatchObject({ kind: "rateLimited" })
})

test("calls at one host follow each other, those at others do not wait", async () => {
  const own = opened()
  const order: string[] = []
  let finish = () => {}
  const slow = new Promise<void>((resolve) => (finish = resolve))
  const says = (name: string, until?: Promise<void>) =>
    async function* (): AsyncIterable<ModelPiece> {
      order.push(`${name} begins`)
      await until
      order.push(`${name} ends`)
      yield* textPieces(name)
    }
  const elsewhere = { ...sol, host: "api.mistral.ai" }
  const first = answer(own, [new ScriptedProvider([says("first", slow)], luna)])
  await until("the first has begun", () => order.length === 1)
  const others = [
    answer(own, [new ScriptedProvider([says("second")], sol)]),
    answer(own, [new ScriptedProvider([says("elsewhere")], elsewhere)]),
  ]
  await until("the call elsewhere has ended", () => order.includes("elsewhere ends"))
  expect(order).not.toContain("second begins")
  finish()
  await Promise.all([first, ...others])
  expect(order.slice(-3)).toEqual(["first ends", "second begins", "second ends"])
})

test("who gives up waiting leaves the queue as it was", async () => {
  const own = opened()
  let finish = () => {}
  const slow = new Promise<void>((resolve) => (finish = resolve))
  const first = new ScriptedProvider(
    [
      async function* () {
        await slow
        yield* textPieces("a")
      },
    ],
    luna,
  )
  const stopping = new AbortController()
  const second = new ScriptedProvider(["b"], luna)
  const third = new ScriptedProvider(["c"], luna)
  const other = { ...request, mostOutputTokens: 900 }
  const holding = answer(own, [first])
  await until("the first is asked", () => first.heard.length === 1)
  const given = answer(own, [second], { signal: stopping.signal }).catch((error: Error) => error)
  const last = answer(own, [third], { request: () => other })
  stopping.abort(new Error("stopped"))
  expect(await given).toEqual(new Error("stopped"))
  expect(third.heard).toEqual([])
  finish()
  await holding
  expect(second.heard).toEqual([])
  expect(textOf(await last)).toBe("c")
})

test("more than twenty calls in a minute wait for the minute to pass", async () => {
  const own = opened({ dayMicroDollars: null, monthMicroDollars: null })
  const provider = new ScriptedProvider(
    Array.from({ length: 21 }, () => "x"),
    luna,
  )
  for (let n = 0; n < 20; n++) await answer(own, [provider], { isFresh: true })
  const last = answer(own, [provider], { isFresh: true })
  await untilWaiting(own, MINUTE_MS)
  own.world.pass(MINUTE_MS - 1)
  expect(provider.heard).toHaveLength(20)
  own.world.pass(1)
  await last
  expect(provider.heard).toHaveLength(21)
})

test("an estimate learns from what a server counts, so that the budget holds in any language", async () => {
  const own = opened({ dayMicroDollars: 2_000 })
  // The server counts 1500 tokens where we expected a few: next time the worst case knows.
  const provider = new ScriptedProvider(["a", "b"], luna)
  await answer(own, [provider])
  const { signal } = new AbortController()
  const pieces = own.desk.ask({
    providers: [provider],
    request: () => request,
    purpose: "build",
    signal,
    isFresh: true,
  })
  const reading = pieces[Symbol.asyncIterator]()
  await reading.next()
  await reading.next()
  const [first, second] = await callsOf(own)
  expect(first.usage.uncached + first.usage.cachedRead).toBe(1_500)
  expect(second.usage.uncached).toBeGreaterThan(60)
  await reading.return?.()
})

test("strong models build, cheap ones change, and near the budget cheap ones do both", () => {
  const tiers = { cheap: ["luna", "flash"], strong: ["sol"] }
  expect(modelsInOrder(tiers, "build", false)).toEqual(["sol", "luna", "flash"])
  expect(modelsInOrder(tiers, "change", false)).toEqual(["luna", "flash", "sol"])
  expect(modelsInOrder(tiers, "build", true)).toEqual(["luna", "flash"])
  expect(modelsInOrder({ cheap: [], strong: ["sol"] }, "explain", true)).toEqual(["sol"])
  expect(isNearBudget({ dayMicroDollars: 0, monthMicroDollars: 0, share: 0.8 })).toBe(true)
})
