import { expect, test } from "vitest"
import { strategyFromJson, strategyTemplates } from "#engine/strategy"
import { shareFragment } from "./share-link.ts"
import { libraryFileText, MOST_FILE_BYTES, strategiesFrom, strategyFileText } from "./strategy-file.ts"

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

test("the versions of a strategy come with it through the library's file; a damaged past is left behind, not the strategy", async () => {
  const versions = [
    { number: 1, keptAtMs: 1_000, document: second, words: [], how: "kept" },
    { number: 4, parent: 1, keptAtMs: 2_000, document: first, words: ["Buy below 30 → 25"], how: "kept" },
  ]
  const file = (past: unknown) =>
    libraryFileText([{ draft: first, tags: [], version: 4, past }] as unknown as Parameters<typeof libraryFileText>[0])
  const [read] = (await strategiesFrom(file(versions))).strategies
  expect(read).toEqual({ document: first, tags: [], past: { version: 4, versions } })
  const damaged = [
    versions.toReversed(),
    versions.slice(0, 1),
    [{ ...versions[0], number: 0 }, versions[1]],
    [versions[0], { ...versions[1], document: 7 }],
    [versions[0], { ...versions[1], words: ["x".repeat(1_001)] }],
    "none",
  ]
  for (const past of damaged)
    expect((await strategiesFrom(file(past))).strategies).toEqual([{ document: first, tags: [] }])
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
    [broken, /is refused: timeframe/],
    ['{"format":"candlewright.strategy/1",\n"name":}', /line 2/],
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
  expect(refused).toEqual([matching(/^"RSI dip in an uptrend" is refused: size/), matching(/^It is refused/)])
})

function matching(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string
}
