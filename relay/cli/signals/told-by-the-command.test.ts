import { readFile, writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { madeModel } from "../../../engine-wasm/testing/made-model.ts"
import { commandFolder, type CommandFolder, crossing, sample } from "../testing/command-folder.ts"

// What the command says of options that do not fit, and of models of another engine.

let place: CommandFolder
beforeAll(async () => {
  place = await commandFolder()
})
afterAll(() => place.remove())

const READY_MS = Date.UTC(2023, 5, 1)
const note = /The model `made up` was trained by another version of the engine/
const train = (...words: string[]) => place.candlewright("signals", "train", "--candles", sample, ...words)

test.each([
  [["--model", "regression", "--units", "8"], /--units does nothing for --model regression/],
  [["--model", "drift", "--window", "8"], /--window does nothing for --model drift/],
  [["--model", "regimes", "--horizon", "8"], /--horizon does nothing for --model regimes/],
  [["--model", "drift", "--seed", "-1"], /--seed takes a whole number from 0/],
  [["--model", "drift", "--horizon", "-1"], /--horizon takes a whole number from 1/],
  [["--model", "drift", "--fee-percent", "100"], /--fee-percent takes a number from 0 to below 100/],
])("%j is wrong usage, said before anything is trained", async (words, because) => {
  expect(await train(...words)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(because) as string })
})

test("what a feature is refused for is said of --feature, and a market that is none of --candles", async () => {
  const still = await train("--model", "regression", "--feature", "close - close", "--feature", "1")
  expect(still).toMatchObject({ code: 1, err: expect.stringMatching(/^--feature: .*nothing ever changes/m) as string })
  const usual = await train("--model", "naive", "--timeframe", "1w")
  expect(usual).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^--candles: there are too few candles/m) as string,
  })
  const named = await place.candlewright("signals", "train", "--model", "drift", "--candles", `../x=${sample}`)
  expect(named).toMatchObject({ code: 1, err: expect.stringMatching(/^--candles: .*a market is a name/m) as string })
})

test("a file that cannot be written is refused before anything is trained, and wrong usage is JSON where that was asked for", async () => {
  const lost = await train("--model", "lstm", "--out", "nowhere/model.json", "--json")
  const error = expect.stringMatching(/its folder does not exist\. Nothing was written/) as string
  expect([lost.code, JSON.parse(lost.out)]).toEqual([1, { error, file: "nowhere/model.json" }])
  expect(lost.err).not.toMatch(/epoch|part/)
  const wrong = await train("--model", "drift", "--horizon", "0", "--json")
  expect([wrong.code, JSON.parse(wrong.out)]).toEqual([
    2,
    { error: expect.stringMatching(/--horizon takes a whole number from 1/) as string },
  ])
})

test("there are as many parts as --folds, and one more, of later candles", async () => {
  const { code, err } = await train("--model", "drift", "--folds", "3")
  expect(code).toBe(0)
  expect(err).not.toMatch(/of 4/)
  const help = await place.candlewright("signals", "--help")
  expect(help.out).toMatch(/--folds 8 .*\n.*one more part learns from all of it/)
})

test("a formula over plain candles that asks a model is refused without a word of a strategy it does not have", async () => {
  const asked = await place.candlewright("series", "--candles", sample, "--formula", 'forecast("mine")')
  expect(asked).toMatchObject({ code: 1, err: expect.stringMatching(/there is no model `mine`/) as string })
  expect(asked.err).not.toMatch(/this strategy/)
})

test("a model of another engine is noted by score, check and backtest alike, and the figures are there", async () => {
  const model = madeModel({ readyFromMs: [READY_MS] })
  await writeFile(place.inFolder("model.json"), JSON.stringify(model))
  const scored = await place.candlewright("signals", "score", "model.json", "--candles", sample, "--json")
  expect(scored).toMatchObject({ code: 0, err: expect.stringMatching(note) as string })
  expect(JSON.parse(scored.out)).toMatchObject({ isSameEngine: false, notes: [expect.stringMatching(note)] })
  const document = { ...crossing, models: { mine: model }, series: {}, params: {} }
  const rules = { enter: { all: ['forecast("mine") > 0'] }, exit: { any: ['forecast("mine") < 0'] } }
  await writeFile(place.inFolder("asks.json"), JSON.stringify({ ...document, long: rules }))
  const checked = JSON.parse((await place.candlewright("check", "asks.json", "--json")).out) as { flags: unknown }
  expect(checked.flags).toContainEqual({ kind: "otherEngine", because: expect.stringMatching(note) as string })
  const words = ["--strategy", "asks.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  const ran = await place.candlewright("backtest", ...words)
  expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(note) as string })
  expect(JSON.parse(ran.out)).toMatchObject({ notes: [expect.stringMatching(note)] })
  expect(JSON.parse(await readFile(place.inFolder("model.json"), "utf8"))).toEqual(model)
})
