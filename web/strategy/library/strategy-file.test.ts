import fc from "fast-check"
import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { strategyFromJson, strategyTemplates, strategyWithValues } from "#engine/strategy"
import { setupFromSearch } from "../../run/run-setup.ts"
import { settingsOf } from "../../run/settings-of.ts"
import { parseSearch } from "../../search-text.ts"
import { shareFragment } from "./share-link.ts"
import { libraryFileText } from "./library-file.ts"
import { MOST_FILE_BYTES, strategiesFrom, strategyFileText } from "./strategy-file.ts"

const [first, second] = strategyTemplates.map(({ document }) => {
  const checked = strategyFromJson(document)
  if (!checked.ok) throw new Error("a template is a strategy")
  return checked.strategy
})

test("a strategy's file and the library's file come back as they went", async () => {
  expect(await strategiesFrom(strategyFileText(first))).toEqual({
    strategies: [{ document: first, tags: [] }],
    refused: [],
  })
  const kept = [
    { draft: first, tags: ["a"] },
    { draft: second, tags: [] },
  ] as unknown as Parameters<typeof libraryFileText>[0]
  expect(await strategiesFrom(libraryFileText(kept))).toEqual({
    strategies: [
      { document: first, tags: ["a"] },
      { document: second, tags: [] },
    ],
    refused: [],
  })
})

test("the versions of a strategy come with it through the library's file; what of them is damaged is said, and left behind", async () => {
  const versions = [
    { number: 1, keptAtMs: 1_000, document: second, words: [], how: "kept" },
    {
      number: 4,
      parent: 1,
      keptAtMs: 2_000,
      document: first,
      words: ["Buy below 30 → 25"],
      how: "kept",
      fault: "line 3: so",
    },
  ]
  const file = (past: unknown) =>
    libraryFileText([{ draft: first, tags: [], version: 4, past }] as unknown as Parameters<typeof libraryFileText>[0])
  const [read] = (await strategiesFrom(file(versions))).strategies
  expect(read).toEqual({ document: first, tags: [], past: { version: 4, versions } })
  expect((await strategiesFrom(file(versions.toReversed()))).strategies).toEqual([read])
  const damaged = [
    [{ ...versions[0], number: 0 }, versions[1]],
    [{ ...versions[0], document: 7 }, versions[1]],
    [{ ...versions[0], words: ["x".repeat(1_001)] }, versions[1]],
    [versions[1], versions[1]],
  ]
  for (const past of damaged)
    expect((await strategiesFrom(file(past))).strategies).toEqual([
      {
        document: first,
        tags: [],
        past: { version: 4, versions: [versions[1]] },
        notes: ["1 of its 2 versions cannot be read and were left out."],
      },
    ])
  expect((await strategiesFrom(file(versions.slice(0, 1)))).strategies).toMatchObject([{ past: { version: 1 } }])
  expect((await strategiesFrom(file("none"))).strategies).toEqual([
    { document: first, tags: [], notes: ["Its earlier versions cannot be read."] },
  ])
})

test("a draft and versions that are half typed come back through the library's file as they were, marked", async () => {
  const halfTyped = { ...first, long: { enter: { all: ["close > 1", "close >"] }, exit: null } }
  const versions = [
    { number: 1, keptAtMs: 1_000, document: first, words: [], how: "kept" },
    { number: 2, parent: 1, keptAtMs: 2_000, document: halfTyped, words: [], how: "kept", fault: "long.enter: so" },
  ]
  const file = (draft: unknown, past: unknown = versions) =>
    libraryFileText([{ draft, tags: ["a"], version: 2, past }] as unknown as Parameters<typeof libraryFileText>[0])
  const { strategies, refused } = await strategiesFrom(file(halfTyped))
  expect(refused).toEqual([])
  const notes = [matching(/^It is not finished: When to buy, condition 2, at character \d+: .*\.$/)]
  const alone = await strategiesFrom(JSON.stringify(halfTyped))
  expect(alone).toEqual({ strategies: [{ document: halfTyped, tags: [], notes }], refused: [] })
  const fault = matching(/^When to buy, condition 2, at character \d+: .*\.$/)
  expect(strategies).toEqual([
    {
      document: halfTyped,
      tags: ["a"],
      past: { version: 2, versions: [versions[0], { ...versions[1], fault }] },
      notes,
    },
  ])
  const other = (await strategiesFrom(file({ ...first, size: 3 }))).strategies
  expect(other).toMatchObject([{ document: first, past: { version: 1, versions: [{ number: 1 }, { number: 2 }] } }])
  expect(other[0].notes).toEqual([matching(/^Its draft was left out: .* It begins again at its version 1\.$/)])
  expect(await strategiesFrom(file({ ...first, size: 3 }, versions.slice(1)))).toMatchObject({
    strategies: [],
    refused: [/is refused\. The size of a position/].map(matching),
  })
})

test("a run's file is its strategy, the sliders where they were, with the settings of the run", async () => {
  const run = {
    format: "candlewright.run/1",
    strategy: "0".repeat(64),
    setup: {
      document: second,
      params: { oversold: 25 },
      account: { cash: 250, feePercent: 0.2, slippagePercent: 0, delayCandles: 1, fills: "conservative", leverage: 1 },
      markets: [{ market: "DEMO/USD", lengthMs: HOUR_MS }],
      toMs: Date.UTC(2024, 0, 31),
    },
  }
  const {
    strategies: [read],
    refused,
  } = await strategiesFrom(JSON.stringify(run))
  expect(refused).toEqual([])
  expect(read.document).toEqual(strategyWithValues(second, { oversold: 25 }))
  expect(read.tested?.setup).toMatchObject({ cash: 250, feePercent: 0.2, slippagePercent: 0, delayCandles: 1 })
  expect(read.tested?.setup.toMs).toBe(Date.UTC(2024, 0, 31))
})

test("of a run's file that was damaged or edited the strategy is read or refused in words, and nothing else is believed", async () => {
  const file = (setup: unknown) => JSON.stringify({ format: "candlewright.run/1", setup })
  expect(await strategiesFrom(file(undefined))).toEqual({ strategies: [], refused: [matching(/without its strategy/)] })
  expect(await strategiesFrom(file({ document: 7 }))).toEqual({ strategies: [], refused: [matching(/^It is refused/)] })
  const anyParams = fc.oneof(fc.anything(), fc.record({ fast: fc.anything(), slow: fc.double() }))
  await fc.assert(
    fc.asyncProperty(anyParams, fc.anything(), fc.anything(), async (params, account, markets) => {
      const setup = { document: first, params, account, markets, fromMs: account, toMs: params }
      const { strategies } = await strategiesFrom(file(setup))
      expect(strategies).toHaveLength(1)
      const { tested, document } = strategies[0]
      expect(strategyFromJson(document).ok).toBe(true)
      expect(setupFromSearch(parseSearch(settingsOf(tested!.setup)))).toMatchObject({
        leverage: tested!.setup.leverage,
        feePercent: tested!.setup.feePercent,
      })
    }),
  )
})

test("a pasted share link is the strategy in it", async () => {
  const shared = await shareFragment(first)
  const link = `http://localhost:1/share#${shared.ok ? shared.fragment : ""}`
  expect(await strategiesFrom(`  ${link}\n`)).toMatchObject({ strategies: [{ document: first }], refused: [] })
  expect(await strategiesFrom(link.slice(0, -9))).toMatchObject({
    strategies: [],
    refused: [/cut short/].map(matching),
  })
})

test("what is no strategy is refused by what it is", async () => {
  const broken = JSON.stringify({ ...first, timeframe: "7h" }, undefined, 2)
  const cases: [string, RegExp][] = [
    ["", /nothing in it/],
    ["time,open\n1,2", /no strategy of Candlewright, TradingView or freqtrade: it begins with "time,open/],
    ['{"format":"candlewright.strategy/2"}', /newer Candlewright/],
    ['{"format":"other"}', /another kind/],
    [broken, /is refused\. The timeframe: /],
    ['{"format":"candlewright.strategy/1",\n"name":}', /^It is refused\. Line 2, character 8, in “The name”: /],
    [
      JSON.stringify(first).slice(0, JSON.stringify(first).indexOf('"all":[') + 7),
      /^It is refused\. Line 1, character \d+, in “When to buy, condition 1”: the text ends too early\.$/,
    ],
    ["x".repeat(MOST_FILE_BYTES + 1), /too large/],
    ["[1,2]", /refused/],
    ['{"__proto__":{"a":1}}', /refused/],
  ]
  for (const [text, because] of cases)
    expect(await strategiesFrom(text), text.slice(0, 40)).toEqual({ strategies: [], refused: [matching(because)] })
})

test("a script of another program comes in as the strategy it is, with the script beside it, through the library's file too", async () => {
  const script =
    "//@version=5\nstrategy('Dip')\nif ta.crossunder(ta.rsi(close, 14), 30)\n    strategy.entry('L', strategy.long)\n"
  const { strategies, refused } = await strategiesFrom(script)
  expect(refused).toEqual([])
  expect(strategies).toMatchObject([
    { script, document: { name: "Dip", long: { enter: { all: ["crossunder(rsi(close, 14), 30)"] } } } },
  ])
  const kept = [{ draft: strategies[0].document, tags: [], script }] as unknown as Parameters<typeof libraryFileText>[0]
  expect((await strategiesFrom(libraryFileText(kept))).strategies).toEqual([
    { ...strategies[0], document: expect.anything() as unknown },
  ])
})

test("the answer of a translation is its document, and says again what of the script is not in it", async () => {
  const notTaken = {
    notUnderstood: [{ line: 3, text: "x := y", why: "a value that changes" }],
    leftOut: [],
    noStop: "The script had a stop.",
  }
  expect(await strategiesFrom(JSON.stringify({ document: first, ...notTaken }))).toEqual({
    strategies: [{ document: first, tags: [], notTaken }],
    refused: [],
  })
  const damaged = { document: first, notUnderstood: [7, { line: "3", why: "x" }], leftOut: "none" }
  expect((await strategiesFrom(JSON.stringify(damaged))).strategies).toEqual([
    { document: first, tags: [], notTaken: { notUnderstood: [], leftOut: [] } },
  ])
  expect(await strategiesFrom('{"error":"No entry was understood."}')).toEqual({
    strategies: [],
    refused: [matching(/refused: "No entry was understood/)],
  })
})

test("a script without an entry that is understood is refused, and comes back to be shown line by line", async () => {
  for (const script of ["//@version=5\nstrategy('x')", "class Mine(IStrategy):\n    pass"])
    expect(await strategiesFrom(script)).toEqual({
      strategies: [],
      refused: [matching(/No entry was understood/)],
      refusedScript: script,
    })
})

test("of a library's file the strategies that can be read are taken, the others named", async () => {
  const file = {
    format: "candlewright.library/1",
    strategies: [{ document: first }, { document: { ...second, size: 3 } }, 7],
  }
  const { strategies, refused } = await strategiesFrom(JSON.stringify(file))
  expect(strategies).toHaveLength(1)
  expect(refused).toEqual([
    matching(/^"RSI dip in an uptrend" is refused\. The size of a position: /),
    matching(/^It is refused/),
  ])
})

function matching(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string
}
