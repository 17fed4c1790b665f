import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { candlesFromRows } from "../host/candles/candles.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"
import { syntheticCandles } from "../host/candles/synthetic/synthetic-candles.ts"
import { plainText } from "../host/candles/foreign-text.ts"
import { formatNumber } from "../host/candles/number-format.ts"
import { dateWords } from "../host/candles/date-words.ts"
import { metricDefinitions } from "../host/result/metric-definitions.ts"
import { metricText } from "../host/result/metric-text.ts"
import { reportHtml } from "../host/result/report/report-page.ts"
import { runFromJson } from "../host/result/report/run-from-json.ts"
import type { RunJson } from "../host/result/report/run-json.ts"
import { defaultAccount, type AccountSettings } from "../host/run/backtest-request.ts"
import { backtestIn, openBacktest } from "../host/run/backtest.ts"
import { runToJson } from "../host/run/run-json.ts"
import { lightsOfRun } from "../host/run/run-lights.ts"
import { strategyFromJson } from "../host/strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { strategyTemplates } from "../host/strategy/templates/templates.ts"
import { builtEngine } from "./built-engine.ts"
import { elementsOf, spaced, textOf } from "./page-markup.ts"

type Story = {
  claim: string
  strategy: WrittenStrategy
  account: Partial<AccountSettings>
  markets: { market: string; timeframe: Timeframe; candles: number[][] }[]
}

const engine = await builtEngine()
const START_MS = Date.UTC(2024, 0, 1)
const folder = new URL("../fixtures/runs/", import.meta.url)
const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Story)

async function runOf(
  strategy: WrittenStrategy,
  account: Partial<AccountSettings>,
  markets: ReturnType<typeof marketOf>[],
) {
  const checked = strategyFromJson(strategy)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const opened = openBacktest(engine, {
    strategy: checked.strategy,
    account: { ...defaultAccount, ...account },
    markets,
  })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const { session, plan } = opened
  const ran = await backtestIn(session, plan)
  if (!ran.ok) throw new Error(JSON.stringify(ran.problems))
  const lights = await lightsOfRun(session, plan, { ran, currency: "USDT", minOrder: 5 })
  return runToJson(session, plan, { ran, lights, currency: "USDT" })
}

function marketOf({ market, timeframe, candles }: Story["markets"][number]) {
  const gate = candlesFromRows(
    candles.map(([minutes, ...prices]) => [START_MS + minutes * 60_000, ...prices, 1]),
    { timeframe },
  )
  if (!gate.ok) throw new Error(gate.because)
  return { market, candles: gate.candles }
}

/** What every report must be, whatever run it is of. */
async function checkReport(run: RunJson) {
  const page = await reportHtml(run)
  const elements = elementsOf(page)
  expect(
    elements.filter(({ name }) => /^(script|link|img|iframe|object|embed|base|form|a|use|image)$/.test(name)),
  ).toEqual([])
  const attributes = elements.flatMap((element) => element.attributes)
  expect(
    attributes.filter(([name]) => /^on|^(href|src|srcset|action|style|xlink:href|background|poster)$/.test(name)),
  ).toEqual([])
  expect(/.{20}(https?:|url\(|@import|\bNaN\b|[>"]undefined|\[object ).{20}/.exec(page)?.[0]).toBeUndefined()
  const text = textOf(page)
  for (const definition of metricDefinitions) {
    const value = run.metrics[definition.key]
    const figure = value === "Infinity" || value === "-Infinity" ? Number(value) : value
    const words = metricText(definition, figure, {
      currency: run.about?.currency,
      timeWords: (timeMs) => `${dateWords(timeMs)} UTC`,
    })
    expect(text, definition.key).toContain(
      spaced(`${definition.label} ${typeof figure === "string" ? plainText(figure, 60) : words}`),
    )
  }
  for (const hash of [run.engine, run.strategy, run.data]) expect(text).toContain(hash)
  for (const { because } of run.about?.lights ?? []) expect(text).toContain(spaced(because))
  expect(elements.filter(({ name }) => name === "h1")).toHaveLength(1)
  return text
}

describe("the report of every kept run is a page that stands alone and holds every figure", () => {
  test.for(kept)("$claim", async ({ strategy, account, markets }) => {
    const run = await runOf(strategy, account, markets.map(marketOf))
    const text = await checkReport(run)
    for (const { entryTimeMs } of run.trades) expect(text).toContain(dateWords(entryTimeMs))
  })
})

test.for(strategyTemplates)(
  "the report of $id is one too, with its rules in words and its months",
  async ({ document }) => {
    const candles = syntheticCandles({
      seed: 3,
      candles: 4000,
      timeframe: "1h",
      startMs: START_MS,
      startPrice: 100,
      kind: "mixed",
    })
    const run = await runOf(document, { cash: 500 }, [{ market: "SEED/USDT", candles }])
    const text = await checkReport(run)
    for (const sentence of run.about!.plan) expect(text).toContain(spaced(plainText(sentence, 4_000)))
    expect(text).toContain("2024")
    // What is written is read again as it was.
    expect(runFromJson(JSON.stringify(run))).toEqual({ ok: true, run: JSON.parse(JSON.stringify(run)) as RunJson })
  },
)

const usual = await runOf(strategyTemplates[0].document, { cash: 500 }, [
  {
    market: "SEED/USDT",
    candles: syntheticCandles({
      seed: 3,
      candles: 2000,
      timeframe: "1h",
      startMs: START_MS,
      startPrice: 100,
      kind: "mixed",
    }),
  },
])

test("the report says what can cost more than one thinks, as the app does", async () => {
  const { document } = strategyTemplates.find(({ id }) => id === "buy-and-hold")!
  const candles = syntheticCandles({
    seed: 3,
    candles: 200,
    timeframe: "1h",
    startMs: START_MS,
    startPrice: 100,
    kind: "mixed",
  })
  const run = await runOf(document, { cash: 500 }, [{ market: "SEED/USDT", candles }])
  const { dangers = [] } = run.about!
  expect(dangers.join(" ")).toContain("The stop loss is switched off")
  const text = textOf(await reportHtml(run))
  for (const because of dangers) expect(text).toContain(spaced(because))
  expect(textOf(await reportHtml({ ...run, about: { ...run.about!, dangers: [] } }))).not.toContain("switched off")
})

test("bare figures make a report too", async () => {
  const { about: _, ...bare } = usual
  const text = await checkReport(bare)
  expect(text).toContain("after each trade")
})

const hostile = fc.oneof(
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg onload=alert(1)>",
    "'--><!--",
    "`${alert(1)}`",
    "\u202e gro.live",
    "\u0000\u001b[2J",
    "&lt;b&gt;&amp;",
    "</bdi><a href='https://evil.example'>x</a>",
    "javascript:alert(1)",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
)

test("whatever a stranger calls things, a report is the same elements and shows their letters", async () => {
  const plain = elementsOf(await reportHtml(usual)).map(({ name }) => name)
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (name, market, words) => {
      const about = usual.about!
      const run: RunJson = {
        ...usual,
        trades: usual.trades.map((trade) => ({ ...trade, market, entryTag: words })),
        metrics: { ...usual.metrics, bestMarket: market, worstMarket: market },
        about: {
          ...about,
          name,
          description: "d",
          markets: [market],
          plan: about.plan.map(() => words),
          params: about.params.map((param) => ({ ...param, label: name })),
          tables: { ...about.tables, perMarket: about.tables.perMarket.map((group) => ({ ...group, name: market })) },
        },
      }
      const page = await reportHtml({ ...run, about: { ...run.about!, description: usual.about!.description } })
      const elements = elementsOf(page)
      expect(elements.map((element) => element.name)).toEqual(plain)
      expect(
        elements.flatMap(({ attributes }) => attributes).filter(([attribute]) => /^on|href|src/.test(attribute)),
      ).toEqual([])
      expect(textOf(page)).toContain(spaced(plainText(words, 4_000)).trim())
    }),
    { numRuns: 150 },
  )
})

test("a long run lists a thousand trades and says how many more there are", async () => {
  const trades = Array.from({ length: 5_312 }, (_, n) => ({ ...usual.trades[0], exitTimeMs: START_MS + n * 60_000 }))
  const page = await reportHtml({ ...usual, trades })
  expect(textOf(page)).toContain(
    `The first 1,000 of ${formatNumber(5_312)} trades. The other 4,312 are in every figure`,
  )
  expect(elementsOf(page).filter(({ name }) => name === "tr").length).toBeLessThan(1_400)
})

test.each([
  ["", /^this is no JSON/],
  ["[]", /^this is no run; make one with/],
  ["null", /^this is no run/],
  ['{"error":"no candles"}', /refused: "no candles"/],
  [JSON.stringify({ ...usual, engine: "x" }), /^"engine": this is no sha256/],
  [JSON.stringify({ ...usual, trades: [{ ...usual.trades[0], exitReason: "luck" }] }), /^"trades\[0\]\.exitReason": /],
  [JSON.stringify({ ...usual, trades: [{ ...usual.trades[0], profit: "much" }] }), /^"trades\[0\]\.profit": /],
  [
    JSON.stringify({ ...usual, about: { ...usual.about, curve: { ...usual.about!.curve, equity: [] } } }),
    /"about\.curve": its columns/,
  ],
])("what is no run is refused with its place", (text, because) => {
  const answer = runFromJson(text)
  expect(answer.ok ? "taken" : answer.because).toMatch(because)
})

test("a run of another version may lack metrics and bring others", () => {
  const answer = runFromJson(
    JSON.stringify({ ...usual, metrics: { sharpe: 1.5, moonPhase: 3, bestMarket: 7, profitFactor: "Infinity" } }),
  )
  if (!answer.ok) throw new Error(answer.because)
  expect(answer.run.metrics).toMatchObject({ sharpe: 1.5, sortino: null, bestMarket: null, profitFactor: "Infinity" })
  expect(answer.run.metrics).not.toHaveProperty("moonPhase")
})
