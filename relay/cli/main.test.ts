import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { createHash } from "node:crypto"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gunzipSync, gzipSync } from "node:zlib"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { HOUR_MS } from "#engine/candles"

const project = fileURLToPath(new URL("../../", import.meta.url))
const sample = join(project, "public/sample/demo-usd-1h.csv.gz")
const engineFile = join(project, "engine-wasm/build/engine.wasm")
let folder = ""
let command = ""

const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["DEMO/USD"],
  params: {
    fast: { label: "Fast", type: "int", value: 10, min: 2, max: 50, step: 1 },
  },
  series: { fastLine: "sma(close, fast)", slowLine: "sma(close, 40)" },
  long: {
    enter: { all: ["crossover(fastLine, slowLine)"] },
    exit: { any: ["crossunder(fastLine, slowLine)"] },
  },
  size: { kind: "equity", percent: 100 },
}

beforeAll(async () => {
  command = await bundledCommand()
  folder = await mkdtemp(join(tmpdir(), "candlewright-cli-"))
  await writeFile(join(folder, "crossing.json"), JSON.stringify(crossing))
  await writeFile(join(folder, "bad.json"), JSON.stringify({ ...crossing, timeframe: "7h" }))
  await writeFile(join(folder, "bad.csv"), "open_time_ms,open,high,low,close,volume\n0,1,2,1,2,5\n60000,2,x,1,2,5\n")
  await writeFile(
    join(folder, "sentiment.json"),
    JSON.stringify({
      ...crossing,
      params: {},
      series: {},
      long: { enter: { all: ["sentiment > 3"] } },
    }),
  )
  await writeFile(
    join(folder, "sentiment.csv"),
    "open_time_ms,open,high,low,close,volume,sentiment\n0,1,2,1,2,5,4\n3600000,2,2,1,2,5,1\n",
  )
  const slip =
    'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy { onCandle(candle: Candle): void { this.bye() } }'
  await writeFile(
    join(folder, "slip-in-code.json"),
    JSON.stringify({
      format: crossing.format,
      name: "Slip",
      timeframe: "1h",
      code: { language: "assemblyscript", source: slip },
    }),
  )
  await writeFile(join(folder, "newest-first.csv"), "t,o,h,l,c,v\n1700000100,2,3,1,2,5\n1700000040,1,2,1,2,5\n")
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await rm(command)
})

// Bundled once as `npm run build` does it: five times faster than compiling the sources for some fifty calls, and
// closer to what people run.
async function bundledCommand(): Promise<string> {
  await mkdir(join(project, "build"), { recursive: true })
  const outfile = join(project, `build/cli-test-${process.pid}.mjs`)
  const alias = { "#engine": join(project, "engine-wasm/host") }
  await build({
    entryPoints: [join(project, "relay/cli/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    packages: "external",
    alias,
    logLevel: "error",
  })
  return outfile
}

type Said = { code: number; out: string; err: string }

function candlewright(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...words], { cwd: folder, maxBuffer: 2 ** 28 }, (error, out, err) => {
      resolve({
        code: typeof error?.code === "number" ? error.code : error ? -1 : 0,
        out,
        err,
      })
    })
  })
}

const inFolder = (name: string) => join(folder, name)

test("--help teaches, --version says the version of package.json", async () => {
  const [help, backtest, version] = await Promise.all([
    candlewright("--help"),
    candlewright("backtest", "--help"),
    candlewright("--version"),
  ])
  expect([help.code, help.out]).toEqual([0, expect.stringContaining("candlewright serve")])
  expect(backtest.out).toContain("--candles MARKET=FILE")
  expect(version.out.trim()).toBe(JSON.parse(await readFile(join(project, "package.json"), "utf8")).version)
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
  [["check", "slip-in-code.json"], "slip-in-code.json: code.source:"],
])("%j is an honest no: exit code 1, one sentence, and with --json the same as data", async (words, sentence) => {
  const { code, out, err } = await candlewright(...words, "--json")
  expect(code).toBe(1)
  expect(err).toContain(sentence)
  expect(err.trim().split("\n")).toHaveLength(1)
  expect(JSON.parse(out).error).toContain(sentence)
})

test("candles check answers in the promised shape, dirty files too", async () => {
  const clean = await candlewright("candles", "check", sample, "--json")
  expect(JSON.parse(clean.out)).toMatchObject({
    rows: 13_140,
    fromMs: 1704067200000,
    toMs: 1704067200000 + 13_139 * HOUR_MS,
    timeframe: "1h",
    gaps: [],
    problems: [],
  })
  const dirty = await candlewright("candles", "check", "bad.csv", "--json")
  expect([dirty.code, JSON.parse(dirty.out).problems.at(-1)]).toEqual([
    0,
    { row: 3, what: 'the column "high" holds "x", which is not a number.' },
  ])
})

test("candles import writes the plain form of a file in another spelling", async () => {
  const { code, err } = await candlewright("candles", "import", "newest-first.csv", "--out", "plain.csv.gz")
  expect([code, err]).toEqual([0, expect.stringContaining("newest first")])
  const plain = gunzipSync(await readFile(inFolder("plain.csv.gz"))).toString()
  expect(plain).toBe("open_time_ms,open,high,low,close,volume\n1700000040000,1,2,1,2,5\n1700000100000,2,3,1,2,5\n")
})

test("candles import joins the files of several months", async () => {
  await candlewright("candles", "export", sample, "--to", "2024-02-01", "--out", "january.csv")
  await candlewright("candles", "export", sample, "--from", "2024-02-01", "--out", "later.csv.gz")
  const { out } = await candlewright("candles", "import", "later.csv.gz", "january.csv")
  expect(out).toBe(gunzipSync(await readFile(sample)).toString())
})

test("candles export combines hours into days and cuts a period out", async () => {
  const { out } = await candlewright(
    "candles",
    "export",
    sample,
    "--timeframe",
    "1d",
    "--from",
    "2024-01-02",
    "--to",
    "2024-01-05",
  )
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.split(",")[0]),
  ).toEqual(["open_time_ms", "1704153600000", "1704240000000", "1704326400000"])
  const finer = await candlewright("candles", "export", sample, "--timeframe", "5m")
  expect([finer.code, finer.err]).toEqual([1, expect.stringContaining("cannot be put together")])
})

test("candles synth makes the same market for the same seed", async () => {
  const words = [
    "candles",
    "synth",
    "--seed",
    "12",
    "--candles",
    "13140",
    "--start",
    "2024-01-01",
    "--timeframe",
    "1h",
    "--price",
    "100",
  ]
  const { out } = await candlewright(...words)
  expect(out).toBe(gunzipSync(await readFile(sample)).toString())
})

test("backtest reports trades, metrics and the three hashes, and writes the equity curve", async () => {
  const words = [
    "backtest",
    "--strategy",
    "crossing.json",
    "--candles",
    `DEMO/USD=${sample}`,
    "--fee-percent",
    "0.1",
    "--cash",
    "500",
    "--equity",
    "curve.csv",
    "--json",
  ]
  const said = await candlewright(...words)
  expect([said.code, said.err]).toEqual([0, ""])
  const answer = JSON.parse(said.out)
  expect(Object.keys(answer)).toEqual(["engine", "strategy", "data", "trades", "metrics", "rejected", "about"])
  expect(answer.engine).toBe(
    createHash("sha256")
      .update(await readFile(engineFile))
      .digest("hex"),
  )
  expect(answer.trades.length).toBeGreaterThan(50)
  expect(Object.keys(answer.trades[0])).toEqual([
    "market",
    "side",
    "quantity",
    "entryTimeMs",
    "entryPrice",
    "exitTimeMs",
    "exitPrice",
    "exitReason",
    "profit",
    "profitPercent",
    "feesPaid",
    "entryTag",
  ])
  expect(answer.metrics.tradeCount).toBe(answer.trades.length)
  const curve = (await readFile(inFolder("curve.csv"), "utf8")).trim().split("\n")
  expect([curve[0], curve[1], curve.length]).toEqual(["open_time_ms,equity", "1704067200000,500", 13_141])
  expect(Number(curve.at(-1)?.split(",")[1])).toBe(answer.metrics.finalEquity)
  const again = await candlewright(...words)
  expect(again.out).toBe(said.out)
})

test("a param and a period change the run; a param the document does not know is an honest no", async () => {
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  const [plain, faster, later, unknown] = await Promise.all([
    candlewright(...words),
    candlewright(...words, "--param", "fast=5"),
    candlewright(...words, "--from", "2024-06-01", "--to", "2024-09-01T00:00Z"),
    candlewright(...words, "--param", "speed=5"),
  ])
  expect(JSON.parse(faster.out).strategy).not.toBe(JSON.parse(plain.out).strategy)
  expect(JSON.parse(faster.out).trades.length).toBeGreaterThan(JSON.parse(plain.out).trades.length)
  const times = JSON.parse(later.out).trades.flatMap((trade: { entryTimeMs: number; exitTimeMs: number }) => [
    trade.entryTimeMs,
    trade.exitTimeMs,
  ])
  expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.UTC(2024, 5, 1))
  expect(Math.max(...times)).toBeLessThan(Date.UTC(2024, 8, 1))
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("speed")])
})

test("without --json a backtest is a table for people", async () => {
  const { code, out } = await candlewright("backtest", "--strategy", "crossing.json", "--candles", sample)
  expect([code, out]).toEqual([0, expect.stringMatching(/^Total return +\d+\.\d\d %$/m)])
})

test("with --tables a backtest also shows its trades in groups that add up, and freqtrade's figures", async () => {
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--tables"]
  const [json, text] = await Promise.all([candlewright(...words, "--json"), candlewright(...words)])
  const { tables, freqtrade, metrics } = JSON.parse(json.out)
  expect(Object.keys(tables)).toEqual(["perMarket", "perExitReason", "perMonth", "perWeekday"])
  const sums = Object.values<{ tradeCount: number; profit: number }[]>(tables).map((rows) => [
    rows.reduce((sum, row) => sum + row.tradeCount, 0),
    rows.reduce((sum, row) => sum + row.profit, 0).toFixed(6),
  ])
  expect(sums).toEqual(Array.from({ length: 4 }, () => [metrics.tradeCount, metrics.totalProfit.toFixed(6)]))
  expect(freqtrade.totalReturnPercent).toBeCloseTo(metrics.totalReturnPercent, 6)
  expect(text.out).toContain("As freqtrade defines them:")
})

test("series prints a value for each candle, null while not ready, on another timeframe too", async () => {
  const rows = Array.from({ length: 12 }, (_, index) => `${index * HOUR_MS},1,9,1,${index + 1},5`)
  await writeFile(
    inFolder("rising.csv.gz"),
    gzipSync(
      ["open_time_ms,open,high,low,close,volume", ...rows.map((row) => row.replace(",1,9,1,", ",1,99,1,"))].join("\n"),
    ),
  )
  const hourly = await candlewright(
    "series",
    "--candles",
    "rising.csv.gz",
    "--formula",
    "sma(close, 3)",
    "--formula",
    "close > 11",
    "--json",
  )
  expect(JSON.parse(hourly.out)).toEqual({
    timeMs: rows.map((_, index) => index * HOUR_MS),
    series: {
      "sma(close, 3)": [null, null, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      "close > 11": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    },
  })
  const longer = await candlewright(
    "series",
    "--candles",
    "rising.csv.gz",
    "--formula",
    "close",
    "--timeframe",
    "4h",
    "--json",
  )
  expect(JSON.parse(longer.out)).toEqual({
    timeMs: [0, 14_400_000, 28_800_000],
    series: { close: [4, 8, 12] },
  })
  const wrong = await candlewright("series", "--candles", "rising.csv.gz", "--formula", "sma(close", "--json")
  expect([wrong.code, JSON.parse(wrong.out).problems.length]).toEqual([1, 1])
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

test("serve prints one address, answers there, and a signal ends it cleanly", async () => {
  const serve = spawn(process.execPath, [command, "serve", "--port", "0", "--data", inFolder("data")], {
    stdio: ["ignore", "pipe", "inherit"],
  })
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
  const synth = spawn(process.execPath, [command, "candles", "synth", "--candles", "200000"], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  synth.stderr.on("data", (piece: Buffer) => (said += String(piece)))
  await once(synth.stdout, "data")
  synth.stdout.destroy()
  expect([...(await once(synth, "exit")), said]).toEqual([0, null, ""])
})

test("a Pine and a freqtrade script become documents that trade, and every line left out is listed", async () => {
  const scripts = join(project, "engine-wasm/fixtures/scripts")
  const [whole, partly, python, none] = await Promise.all([
    candlewright("translate", join(scripts, "percent-stops-v5.pine"), "--json"),
    candlewright("translate", join(scripts, "var-state-v5.pine"), "--json"),
    candlewright("translate", join(scripts, "bollinger.py")),
    candlewright("translate", join(folder, "crossing.json"), "--json"),
  ])
  expect(JSON.parse(whole.out)).toMatchObject({
    notUnderstood: [],
    leftOut: [{ line: 2 }, { line: 2 }],
  })
  expect(JSON.parse(partly.out).notUnderstood.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6])
  expect(none.code).toBe(1)
  await writeFile(inFolder("moved.json"), python.out)
  const run = await candlewright("backtest", "--strategy", "moved.json", "--candles", `DEMO/USD=${sample}`, "--json")
  expect(JSON.parse(run.out).trades.length).toBeGreaterThan(10)
})

test("a long with leverage under freqtrade's fills is said to have no margin, by the run and by its report", async () => {
  const gap = /Freqtrade's fills never liquidate a long: at 3× .*a fall of about 33\.3\d* %/
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  const leveraged = await candlewright(...words, "--fills", "freqtrade", "--leverage", "3")
  expect(leveraged.err).toMatch(gap)
  await writeFile(inFolder("leveraged.json"), leveraged.out)
  await candlewright("report", "leveraged.json", "--out", "leveraged.html")
  expect((await readFile(inFolder("leveraged.html"), "utf8")).replaceAll("&#39;", "'")).toMatch(gap)
  const others = [candlewright(...words, "--leverage", "3"), candlewright(...words, "--fills", "freqtrade")]
  for (const { code, err } of await Promise.all(others))
    expect([code, err]).toEqual([0, expect.not.stringMatching(gap)])
})

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
