import { readFile, writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder, sample } from "./testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)
const inFolder = (name: string) => at.inFolder(name)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("report makes a run into one page that stands alone, and never writes over the run", async () => {
  const run = await candlewright("backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json")
  await writeFile(inFolder("run.json"), run.out)
  const made = await candlewright("report", "run.json", "--out", "report.html", "--trades", "trades.csv", "--json")
  expect([made.code, JSON.parse(made.out)]).toEqual([0, { report: "report.html", trades: "trades.csv" }])
  const page = await readFile(inFolder("report.html"), "utf8")
  const answer = JSON.parse(run.out)
  expect(page).toContain("<bdi>Crossing averages</bdi>")
  for (const hash of [answer.engine, answer.strategy, answer.data]) expect(page).toContain(hash)
  expect(page.match(/data-light=/g)).toHaveLength(6)
  expect((await readFile(inFolder("trades.csv"), "utf8")).trim().split("\n")).toHaveLength(answer.trades.length + 1)
  const over = await candlewright("report", "run.json", "--out", "run.json")
  expect([over.code, over.err]).toEqual([1, expect.stringContaining("was read for this answer")])
  expect(await readFile(inFolder("run.json"), "utf8")).toBe(run.out)
})
