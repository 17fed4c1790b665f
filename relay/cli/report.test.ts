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
  expect(page.match(/data-light=/g)).toHaveLength(7)
  expect((await readFile(inFolder("trades.csv"), "utf8")).trim().split("\n")).toHaveLength(answer.trades.length + 1)
  const over = await candlewright("report", "run.json", "--out", "run.json")
  expect([over.code, over.err]).toEqual([1, expect.stringContaining("was read for this answer")])
  expect(await readFile(inFolder("run.json"), "utf8")).toBe(run.out)
})

test("a run whose curve is too short for its candles is refused with the place", async () => {
  const words = ["--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  for (const more of [[], ["--from", "2024-11-01"]]) {
    const { out } = await candlewright("backtest", ...words, ...more)
    const { curve } = JSON.parse(out).about
    const points = curve.equity.length
    for (const kept of [points, points - 1, Math.floor(points * 0.7), 1, 0]) {
      const run = JSON.parse(out)
      for (const name of Object.keys(curve)) run.about.curve[name].length = kept
      await writeFile(inFolder("cut.json"), JSON.stringify(run))
      const { code, err } = await candlewright("report", "cut.json", "--out", "cut.html")
      const isWhole = kept >= points - 1
      expect(code, `${kept} of ${points}`).toBe(isWhole ? 0 : 1)
      expect(err).toContain(isWhole ? "" : '"about.curve.equity": it is too short')
    }
    const run = JSON.parse(out)
    run.about.curve.equity.length = 3
    await writeFile(inFolder("cut.json"), JSON.stringify(run))
    const { code, err } = await candlewright("report", "cut.json", "--out", "cut.html")
    expect([code, err]).toEqual([1, expect.stringContaining('"about.curve": its columns differ in length')])
  }
})

test("a run whose numbers were changed after it was made is refused, and no page is written", async () => {
  const made = await candlewright(
    "backtest",
    "--strategy",
    "crossing.json",
    "--candles",
    `DEMO/USD=${sample}`,
    "--json",
  )
  const changes: [string, (run: { trades: { profit: number }[]; metrics: Record<string, number> }) => void][] = [
    ["resultHash", (run) => (run.trades[0].profit = 1e9)],
    ["totalReturnPercent", (run) => (run.metrics.totalReturnPercent = 900)],
    ["finalEquity", (run) => (run.metrics.finalEquity *= 2)],
  ]
  for (const [word, change] of changes) {
    const run = JSON.parse(made.out)
    change(run)
    await writeFile(inFolder("lie.json"), JSON.stringify(run))
    const { code, err } = await candlewright("report", "lie.json", "--out", "lie.html")
    expect([code, err]).toEqual([1, expect.stringContaining(word)])
  }
  await expect(readFile(inFolder("lie.html"), "utf8")).rejects.toThrow("ENOENT")
})
