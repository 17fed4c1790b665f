import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { type CommandFolder, commandFolder, inProject, sample } from "./testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)
const inFolder = (name: string) => at.inFolder(name)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("--help teaches, --version says the version of package.json", async () => {
  const [help, backtest, version] = await Promise.all([
    candlewright("--help"),
    candlewright("backtest", "--help"),
    candlewright("--version"),
  ])
  expect([help.code, help.out]).toEqual([0, expect.stringContaining("candlewright serve")])
  expect(backtest.out).toContain("--candles MARKET=FILE")
  expect(version.out.trim()).toBe(JSON.parse(await readFile(inProject("package.json"), "utf8")).version)
})

test.each<[string[], string]>([
  [[], "candlewright: a command is needed."],
  [["fly"], 'candlewright: there is no command "fly".'],
  [["__proto__"], 'candlewright: there is no command "__proto__".'],
  [["backtest"], "candlewright backtest: --strategy is needed."],
  [["backtest", "--strategy", "x.json"], "candlewright backtest: --candles is needed"],
  [["backtest", "--candels", "x"], "candlewright backtest: Unknown option '--candels'."],
  [
    ["backtest", "--strategy", "x.json", "--candles", "a=b", "--cash", "lots"],
    'candlewright backtest: --cash takes a number, not "lots".',
  ],
  [
    ["backtest", "--strategy", "x.json", "--candles", "a=b", "--fills", "lucky"],
    'candlewright backtest: --fills is conservative or freqtrade or backtesting.py, not "lucky".',
  ],
  [
    ["backtest", "--strategy", "x.json", "--candles", "a=b", "--from", "yesterday"],
    "candlewright backtest: --from takes a time such as 2024-01-31",
  ],
  [
    ["backtest", "--strategy", "x.json", "--candles", "a=b", "--param", "fast"],
    'candlewright backtest: --param takes name=number or name=true, not "fast".',
  ],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", "a.csv", "--candles", "b.csv"],
    "candlewright backtest: with several --candles each needs its market",
  ],
  [["series", "--candles", "x.csv"], "candlewright series: --formula is needed"],
  [
    ["series", "--candles", "x.csv", "--formula", "close", "--timeframe", "7h"],
    'candlewright series: --timeframe is one of 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 1w 1M, not "7h".',
  ],
  [["report", "run.json"], "candlewright report: --out is needed."],
  [["report", "--out", "report.html"], "candlewright report: run file is needed."],
  [["check"], "candlewright check: strategy file is needed."],
  [["simulate", "--seeds", "0"], 'candlewright simulate: --seeds takes a whole number from 1 to 1000000, not "0".'],
  [["kill9", "--rounds", "many"], 'candlewright kill9: --rounds takes a number, not "many".'],
  [["kill9", "--venue", "practice"], "candlewright kill9: --venue is binance"],
  [["notices", "send"], 'candlewright notices: notices is followed by add, list, test, remove, not "send".'],
  [["candles"], "candlewright candles: candles is followed by fetch, import, export, list, remove, check, synth."],
  [
    ["candles", "synth", "--candles", "1"],
    'candlewright candles: --candles takes a whole number from 2 to 5000000, not "1".',
  ],
])("%j gives exit code 2 and a hint", async (words, sentence) => {
  const { code, out, err } = await candlewright(...words)
  expect([code, out]).toEqual([2, ""])
  expect(err).toContain(sentence)
  expect(err).toContain("--help")
})

test.each<[string[], string]>([
  [["backtest", "--strategy", "missing.json", "--candles", `M=${sample}`], 'There is no file "missing.json".'],
  [["backtest", "--strategy", "bad.json", "--candles", `M=${sample}`], "bad.json: timeframe:"],
  [["backtest", "--strategy", "crossing.json", "--candles", "M=missing.csv"], 'There is no file "missing.csv".'],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", "M=bad.csv"],
    'bad.csv: Row 3: the column "high" holds "x", which is not a number.',
  ],
  [["backtest", "--strategy", "crossing.json", "--candles", "M=."], '"." is a folder; name a file in it.'],
  [["check", "bad.json"], "bad.json: timeframe:"],
  [["candles", "check", "crossing.json"], "crossing.json: This JSON is not a list of candles"],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", `M=${sample}`, "--delay-candles", "1.5"],
    "account.delayCandles: the delay is a whole number",
  ],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", `M=${sample}`, "--from", "2030-01-01"],
    "from: there are no candles from this time on",
  ],
  [
    [
      "backtest",
      "--strategy",
      "crossing.json",
      "--candles",
      `M=${sample}`,
      "--from",
      "2024-06-01",
      "--to",
      "2024-03-01",
    ],
    "--from 2024-06-01 is not before --to 2024-03-01; no candle lies between them",
  ],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", `M=${sample}`, "--candles", `M=${sample}`],
    "markets: M appears twice",
  ],
  [
    ["backtest", "--strategy", "crossing.json", "--candles", `M=${sample}`, "--equity", "no-such-folder/curve.csv"],
    '"no-such-folder/curve.csv" cannot be written',
  ],
  [["report", "crossing.json", "--out", "report.html"], 'crossing.json: "engine": this is missing'],
  [["report", "bad.csv", "--out", "report.html"], "bad.csv: this is no JSON"],
  [["report", "missing.json", "--out", "report.html"], 'There is no file "missing.json".'],
  [["check", "sentiment.json"], "sentiment.json: long.enter.all[0], character 1: `sentiment` is not known here"],
  [["check", "slip-in-code.json"], "slip-in-code.json: code.source, line 2: Property 'bye' does not exist"],
])("%j is an honest no: exit code 1, one sentence, and with --json the same as data", async (words, sentence) => {
  const { code, out, err } = await candlewright(...words, "--json")
  expect(code).toBe(1)
  expect(err).toContain(sentence)
  expect(err.trim().split("\n")).toHaveLength(1)
  expect(JSON.parse(out).error).toContain(sentence)
})

test("check prints the plan in words, and as data", async () => {
  const words = await candlewright("check", "crossing.json")
  expect([words.code, words.out]).toEqual([0, expect.stringContaining("Crossing averages, on candles of 1h")])
  const data = JSON.parse((await candlewright("check", "crossing.json", "--json")).out)
  expect([data.ok, data.lookAhead.possible, data.params[0].chosen]).toEqual([true, false, 10])
})

test("check reads from a candle file which extra columns there are", async () => {
  const { code, out } = await candlewright("check", "sentiment.json", "--candles", "sentiment.csv", "--json")
  expect([code, JSON.parse(out).ok]).toEqual([0, true])
})

test("check runs a strategy over candles that end earlier and begin later, and says what it saw", async () => {
  const words = await candlewright("check", "crossing.json", "--candles", sample)
  expect(words.out).toContain("Run over 8 histories that end earlier, it decided the same until each end")
  expect(words.out).toMatch(/With \d+ candles or more before trading begins its trades are the same\./)
  const data = JSON.parse((await candlewright("check", "crossing.json", "--candles", sample, "--json")).out)
  expect(data.history.check).toMatchObject({ lookAhead: { cuts: 8 }, warmUp: { sameFromCandles: expect.any(Number) } })
  expect(data.lookAhead.possible).toBe(false)
})

test("serve prints one address, answers there, and a signal ends it cleanly", async () => {
  const serve = spawn(
    process.execPath,
    [inProject("build/candlewright.mjs"), "serve", "--port", "0", "--data", inFolder("data")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  onTestFinished(() => void serve.kill("SIGKILL"))
  const [printed] = (await once(serve.stdout, "data", {
    signal: AbortSignal.timeout(20_000),
  })) as [Buffer]
  const [, address] = /running at (http:\S+)/.exec(String(printed)) ?? []
  expect((await fetch(`${address}/api/health`)).status).toBe(200)
  serve.kill("SIGTERM")
  expect(await once(serve, "exit")).toEqual([0, null])
})

test("a reader that closes the pipe early ends the command quietly", async () => {
  const synth = spawn(process.execPath, [at.command, "candles", "synth", "--candles", "200000"], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  synth.stderr.on("data", (piece: Buffer) => (said += String(piece)))
  await once(synth.stdout, "data")
  synth.stdout.destroy()
  expect([...(await once(synth, "exit")), said]).toEqual([0, null, ""])
})
