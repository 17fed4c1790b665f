import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder, inProject, sample } from "./testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)
const inFolder = (name: string) => at.inFolder(name)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("a Pine and a freqtrade script become documents that trade, and every line left out is listed", async () => {
  const scripts = inProject("engine-wasm/fixtures/scripts")
  await writeFile(inFolder("lost.pine"), lost)
  const [whole, partly, python, none, nothing] = await Promise.all([
    candlewright("translate", join(scripts, "percent-stops-v5.pine"), "--json"),
    candlewright("translate", join(scripts, "var-state-v5.pine"), "--json"),
    candlewright("translate", join(scripts, "bollinger.py")),
    candlewright("translate", inFolder("crossing.json"), "--json"),
    candlewright("translate", inFolder("lost.pine")),
  ])
  expect(JSON.parse(whole.out)).toMatchObject({
    notUnderstood: [],
    leftOut: [{ line: 2 }, { line: 2 }],
  })
  expect(JSON.parse(partly.out).notUnderstood.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6])
  expect(none.code).toBe(1)
  expect([nothing.code, nothing.out]).toEqual([1, ""])
  expect(nothing.err).toMatch(/^Line 3: .*: x = request\.seed[^]*Line 4: .*: if x > 1[^]*\nNo entry was understood/)
  await writeFile(inFolder("moved.json"), python.out)
  const run = await candlewright("backtest", "--strategy", "moved.json", "--candles", `DEMO/USD=${sample}`, "--json")
  expect(JSON.parse(run.out).trades.length).toBeGreaterThan(10)
  await writeFile(inFolder("answer.json"), partly.out)
  for (const words of [
    ["check", "answer.json"],
    ["convert", "answer.json"],
    ["backtest", "--strategy", "answer.json", "--candles", sample],
  ]) {
    const taken = await candlewright(...words)
    expect([taken.code, taken.err]).toEqual([
      0,
      expect.stringMatching(/^Line 3: .*\nLine 4: [^]*4 lines that decide trades/),
    ])
  }
})

const lost = `//@version=5
strategy("Lost")
x = request.seed("data", "made", close)
if x > 1
    strategy.entry("L", strategy.long)
`
