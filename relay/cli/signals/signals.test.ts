import { readFile, writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { autoregressiveMarket } from "../../../engine-wasm/testing/autoregressive-market.ts"
import { commandFolder, type CommandFolder } from "../testing/command-folder.ts"

let place: CommandFolder

beforeAll(async () => {
  place = await commandFolder()
  await Promise.all([
    writeFile(place.inFolder("walk.csv"), csvOf({ candles: 2_000, seed: 11, pull: 0 })),
    writeFile(place.inFolder("pulled.csv"), csvOf({ candles: 3_000, seed: 12, pull: 0.3 })),
    writeFile(place.inFolder("short.csv"), csvOf({ candles: 100, seed: 13, pull: 0 })),
  ])
})

afterAll(() => place.remove())

function csvOf(made: Parameters<typeof autoregressiveMarket>[0]): string {
  const { openTimeMs, open, high, low, close, volume } = autoregressiveMarket(made)
  const rows = Array.from(openTimeMs, (time, n) => [time, open[n], high[n], low[n], close[n], volume[n]].join(","))
  return ["open_time_ms,open,high,low,close,volume", ...rows, ""].join("\n")
}

const signals = (...words: string[]) => place.candlewright("signals", ...words)

const answer = {
  hitRate: expect.any(Number),
  interval: [expect.any(Number), expect.any(Number)],
  brier: expect.any(Number),
  dieboldMariano: { pValue: expect.any(Number) },
  hash: expect.stringMatching(/^[0-9a-f]{64}$/),
}

test("a forecast is trained, kept and scored; on a random walk it is no better than a coin, on a pulled market it is", async () => {
  const words = ["--model", "regression", "--horizon", "1", "--json"]
  const walk = await signals("train", "--candles", "walk.csv", ...words)
  expect(JSON.parse(walk.out)).toMatchObject({ ...answer, verdict: { skill: false, because: expect.any(String) } })
  const pulled = await signals("train", "--candles", "A/B=pulled.csv", ...words, "--out", "pulled.json")
  const card = JSON.parse(pulled.out)
  expect(card).toMatchObject({ ...answer, verdict: { skill: true } })
  const scored = JSON.parse((await signals("score", "pulled.json", "--candles", "pulled.csv", "--json")).out)
  expect(scored).toMatchObject({ hitRate: card.hitRate, hash: card.hash, verdict: card.verdict, isSameEngine: true })
  const elsewhere = JSON.parse((await signals("score", "pulled.json", "--candles", "walk.csv", "--json")).out)
  expect(elsewhere.verdict.skill).toBe(false)
})

test("a model that was changed after its training is refused, and so is what can teach nothing", async () => {
  await signals("train", "--candles", "walk.csv", "--model", "naive", "--out", "naive.json")
  const model = JSON.parse(await readFile(place.inFolder("naive.json"), "utf8"))
  const changes = {
    engine: { ...model, made: { ...model.made, engine: "1".repeat(64) } },
    early: { ...model, parts: [{ ...model.parts[0], readyFromMs: model.parts[0].trainedUntilMs }] },
    weights: { ...model, parts: [{ ...model.parts[0], weights: "AAAA" }] },
    format: { ...model, format: "onnx" },
  }
  const because = {
    engine: /changed after its training/,
    early: /learnt from/,
    weights: /weights in each part/,
    format: /format/,
  }
  for (const [name, changed] of Object.entries(changes)) {
    await writeFile(place.inFolder("changed.json"), JSON.stringify(changed))
    const told = await signals("score", "changed.json", "--candles", "walk.csv", "--json")
    expect(told.code, name).toBe(1)
    expect(told.err + told.out, name).toMatch(because[name as keyof typeof because])
  }
  const short = await signals("train", "--candles", "short.csv", "--model", "regression")
  expect(short).toMatchObject({ code: 1, err: expect.stringMatching(/too few candles|not known at/) })
  expect(await signals("train", "--candles", "walk.csv", "--model", "oracle")).toMatchObject({ code: 2 })
  expect(await signals("train", "--candles", "walk.csv", "--model", "drift", "--horizon", "0")).toMatchObject({
    code: 2,
  })
})

test("regimes share out all candles after the first part", async () => {
  const told = await signals("train", "--candles", "pulled.csv", "--model", "regimes", "--groups", "3", "--json")
  const { regimes, names } = JSON.parse(told.out) as { regimes: { sharePercent: number }[]; names: string[] }
  expect(names).toEqual(regimes.map((_, regime) => expect.stringMatching(new RegExp(`^${regime}: (calm|wild) `))))
  expect(regimes).toHaveLength(3)
  expect(regimes.reduce((sum, { sharePercent }) => sum + sharePercent, 0)).toBeCloseTo(100, 9)
})
