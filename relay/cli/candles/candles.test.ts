import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { startSimulatedExchange, type SimulatedExchange } from "../../exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../../surroundings.ts"
import { builtCommand } from "../testing/built-command.ts"

const END_MS = Date.UTC(2026, 0, 1)
const minutesBack = (minutes: number) => new Date(END_MS - minutes * MINUTE_MS).toISOString()
const day = ["--market", "BTC/USDT", "--timeframe", "1m", "--to", "2026-01-01"]

let command = ""
let exchange: SimulatedExchange
let slow: Server
/** A proxy in front of the exchange that records requests and can be slowed or shut. */
const way = { rest: "", asked: [] as string[], delayMs: 0, refuse: undefined as number | undefined }
let data = ""

beforeAll(async () => {
  command = await builtCommand()
  exchange = await startSimulatedExchange({ seed: 9, speed: "stepped", historyDays: 30 }, realSurroundings())
  slow = createServer((request, response) => {
    way.asked.push(request.url!)
    setTimeout(
      () =>
        void pass(request.url!).then(({ status, body }) =>
          response.writeHead(status, { "content-type": "application/json" }).end(body),
        ),
      way.delayMs,
    )
  }).listen(0, "127.0.0.1")
  await once(slow, "listening")
  way.rest = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/api/v3`
})

afterAll(async () => {
  slow.closeAllConnections()
  slow.close()
  await exchange.stop()
})

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "candlewright-data-"))
  Object.assign(way, { asked: [], delayMs: 0, refuse: undefined })
  return () => rm(data, { recursive: true })
})

async function pass(path: string): Promise<{ status: number; body: string }> {
  if (way.refuse !== undefined && path.includes("/klines"))
    return { status: way.refuse, body: '{"code":0,"msg":"Service unavailable from a restricted location"}' }
  const answer = await fetch(new URL(path, exchange.rest))
  return { status: answer.status, body: await answer.text() }
}

type Said = { code: number; out: string; err: string }

function candles(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, "candles", ...words, ...(words[0] === "synth" ? [] : ["--data", data])],
      { maxBuffer: 2 ** 28 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err })
      },
    )
  })
}

function backtest(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, "backtest", ...words, "--json"],
      { env: { ...process.env, CANDLEWRIGHT_DATA: data }, maxBuffer: 2 ** 28 },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

function fetchInBackground(minutes: number) {
  const child = spawn(
    process.execPath,
    [command, "candles", "fetch", ...day, "--from", minutesBack(minutes), "--rest", way.rest, "--data", data],
    { stdio: ["ignore", "pipe", "pipe"] },
  )
  let err = ""
  child.stderr.on("data", (piece: Buffer) => (err += piece.toString()))
  return {
    child,
    ended: once(child, "exit").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as string | null,
      err,
    })),
  }
}

async function untilAsked(pages: number): Promise<void> {
  while (way.asked.filter((path) => path.includes("/klines")).length < pages) await once(slow, "request")
}

async function itsOwnCsv(minutes: number): Promise<string> {
  const lines = ["open_time_ms,open,high,low,close,volume"]
  for (let startTime = END_MS - minutes * MINUTE_MS; startTime < END_MS; startTime += 1000 * MINUTE_MS) {
    const rows = (await (
      await fetch(
        `${exchange.rest}/klines?symbol=BTCUSDT&interval=1m&limit=1000&startTime=${startTime}&endTime=${END_MS - 1}`,
      )
    ).json()) as string[][]
    for (const row of rows) lines.push(row.slice(0, 6).map(Number).join(","))
  }
  return `${lines.join("\n")}\n`
}

test("a fetch killed halfway resumes where it was, fetches nothing twice, and ends with the exchange's own candles", async () => {
  way.delayMs = 150
  const first = fetchInBackground(20_000)
  await untilAsked(10)
  first.child.kill("SIGKILL")
  expect((await first.ended).signal).toBe("SIGKILL")
  const kept = JSON.parse((await candles("list", "--json")).out) as {
    candles: number
    fetched: { fromMs: number; toMs: number }[]
  }[]
  expect(kept[0].candles).toBeGreaterThan(0)
  Object.assign(way, { asked: [], delayMs: 0 })
  const second = await candles(
    "fetch",
    ...day,
    "--from",
    minutesBack(20_000),
    "--rest",
    way.rest,
    "--out",
    join(data, "all.csv.gz"),
    "--json",
  )
  expect([second.code, JSON.parse(second.out)]).toMatchObject([
    0,
    { venue: "binance", candles: 20_000, newCandles: 20_000 - kept[0].candles, gaps: 0 },
  ])
  const starts = way.asked
    .filter((path) => path.includes("/klines"))
    .map((path) => Number(new URL(path, way.rest).searchParams.get("startTime")))
  expect(starts.filter((start) => kept[0].fetched.some(({ fromMs, toMs }) => start >= fromMs && start < toMs))).toEqual(
    [],
  )
  expect(new Set(starts).size).toBe(starts.length)
  expect(gunzipSync(await readFile(join(data, "all.csv.gz"))).toString()).toBe(await itsOwnCsv(20_000))
}, 120_000)

test("Ctrl-C says what is kept and how to go on; two fetches of one market at once share it", async () => {
  way.delayMs = 150
  const stopped = fetchInBackground(20_000)
  await untilAsked(8)
  stopped.child.kill("SIGINT")
  const { code, err } = await stopped.ended
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/Stopped\. [\d,]+ new candles are kept; the same command continues from there\./),
  ])
  way.delayMs = 0
  const both = await Promise.all([fetchInBackground(20_000).ended, fetchInBackground(20_000).ended])
  expect(both.map((end) => end.code)).toEqual([0, 0])
  expect((await candles("list")).out).toBe(
    "binance BTC/USDT 1m: 20,000 candles, 2025-12-18T02:40Z to 2025-12-31T23:59Z, no gaps\n",
  )
}, 120_000)

test.runIf(process.platform === "linux")(
  "a full disk is reported, and with more room the same command continues",
  async () => {
    // A process can have a file-size limit of half a megabyte; to that process the disk is full.
    const fetching = `trap "" XFSZ; ulimit -f 1000; exec "$@"`
    const words = [
      command,
      "candles",
      "fetch",
      ...day,
      "--from",
      minutesBack(20_000),
      "--rest",
      way.rest,
      "--data",
      data,
    ]
    const full = await new Promise<Said>((resolve) => {
      execFile("sh", ["-c", fetching, "sh", process.execPath, ...words], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })
    expect(full).toMatchObject({
      code: 1,
      err: expect.stringMatching(/The disk (is full, so nothing more can be kept|cannot read or write the database)\./),
    })
    const kept = JSON.parse((await candles("list", "--json")).out) as { candles: number }[]
    const after = await candles("fetch", ...day, "--from", minutesBack(20_000), "--rest", way.rest, "--json")
    expect(JSON.parse(after.out)).toMatchObject({ candles: 20_000, newCandles: 20_000 - (kept[0]?.candles ?? 0) })
  },
  120_000,
)

test.each([
  [451, "region", "Binance does not serve the country this connection comes from."],
  [418, "banned", "Binance has shut this connection out for a while"],
  [400, "refused", "Binance refused the request for candles of BTC/USDT"],
])("HTTP %i becomes a sentence that says what to do", { timeout: 60_000 }, async (status, kind, sentence) => {
  way.refuse = status
  const { code, out, err } = await candles("fetch", ...day, "--from", minutesBack(100), "--rest", way.rest, "--json")
  expect([code, err, JSON.parse(out)]).toMatchObject([1, expect.stringContaining(sentence), { kind }])
})

test("what cannot be fetched is refused before any request", async () => {
  const fetching = (...words: string[]) => candles("fetch", "--rest", way.rest, ...words)
  expect(await fetching("--market", "BTC/USDT", "--from", "2199-01-01")).toMatchObject({
    code: 1,
    err: expect.stringContaining("that is in the future"),
  })
  expect(
    await fetching("--market", "BTC/USD", "--venue", "coinbase", "--timeframe", "4h", "--from", "2024-01-01"),
  ).toMatchObject({ code: 1, err: expect.stringContaining("Coinbase has no candles of 4h; it has 1m 5m") })
  expect(await fetching("--market", "BTC/USDT")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--from is needed"),
  })
  expect(await fetching("--market", "BTC/USDT", "--from", "2024-01-02", "--to", "2024-01-01")).toMatchObject({
    code: 1,
    err: expect.stringContaining("is not before --to"),
  })
  expect(way.asked).toEqual([])
  expect(await fetching("--market", "BTC/EURX", "--from", "2025-12-31")).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      "Binance has no market BTC/EURX, or no longer: look for its spelling in the list of markets. It has BTC/USDT.",
    ),
  })
}, 60_000)

test("files are kept, joined with what is there, combined into longer candles, and removed", async () => {
  const file = (name: string) => join(data, name)
  await candles("synth", "--candles", "600", "--timeframe", "1m", "--out", file("a.csv"))
  const [head, ...rows] = (await readFile(file("a.csv"), "utf8")).trimEnd().split("\n")
  await writeFile(file("1.csv"), [head, ...rows.slice(0, 400)].join("\n"))
  await writeFile(file("2.csv"), [head, ...rows.slice(300)].join("\n"))
  expect(await candles("import", file("1.csv"), "--market", "DEMO/USD")).toMatchObject({
    code: 0,
    out: expect.stringContaining("file DEMO/USD 1m: 400 candles"),
  })
  expect(await candles("import", file("2.csv"), "--market", "DEMO/USD")).toMatchObject({
    code: 0,
    out: expect.stringContaining("600 candles"),
    err: "",
  })
  await candles("export", "--market", "DEMO/USD", "--out", file("again.csv"))
  expect(await readFile(file("again.csv"), "utf8")).toBe(await readFile(file("a.csv"), "utf8"))
  expect((await candles("export", "--market", "DEMO/USD", "--timeframe", "1h")).out.trimEnd().split("\n")).toHaveLength(
    11,
  )
  expect(await candles("export", "--market", "ETH/USD")).toMatchObject({
    code: 1,
    err: "No candles of ETH/USD are kept. There are: file DEMO/USD 1m.\n",
  })
  expect((await candles("remove", "--market", "DEMO/USD", "--timeframe", "1m")).out).toContain(
    "Removed file DEMO/USD 1m: 600 candles",
  )
  expect((await candles("list")).out).toContain("Nothing is kept yet.")
}, 120_000)

test("a file of another market under a known name is refused for its price, unless --anyway insists", async () => {
  const [cheap, dear] = [join(data, "cheap.csv"), join(data, "dear.csv")]
  await candles("synth", "--candles", "100", "--price", "10", "--out", cheap)
  await candles("synth", "--candles", "100", "--price", "2000", "--start", "2024-01-05", "--out", dear)
  await candles("import", cheap, "--market", "SOL/USD")
  expect(await candles("import", dear, "--market", "SOL/USD")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the price jumps \d+-fold: is this file of another market\? Nothing was changed\./),
  })
  expect(await candles("import", dear, "--market", "SOL/USD", "--anyway")).toMatchObject({
    code: 0,
    out: expect.stringContaining("1h: 196 candles"),
  })
}, 120_000)

test("a backtest runs on kept candles as on the file they came from", async () => {
  const strategy = join(data, "hold.json")
  const file = join(data, "demo.csv")
  await writeFile(
    strategy,
    JSON.stringify({
      format: "candlewright.strategy/1",
      name: "Hold",
      timeframe: "1h",
      markets: ["DEMO/USD"],
      long: { enter: { all: ["close > 0"] } },
      size: { kind: "equity", percent: 100 },
    }),
  )
  await candles("synth", "--candles", "300", "--out", file)
  await candles("import", file, "--market", "DEMO/USD")
  const [fromFile, fromKept] = await Promise.all(
    [`DEMO/USD=${file}`, "kept:file:DEMO/USD:1h"].map((name) => backtest("--strategy", strategy, "--candles", name)),
  )
  expect(fromKept).toEqual(fromFile)
  expect(JSON.parse(fromKept.out).trades.length).toBeGreaterThan(0)
  expect(await backtest("--strategy", strategy, "--candles", "kept:binance:DEMO/USD:1h")).toMatchObject({
    code: 1,
    err: expect.stringContaining("No 1h candles of DEMO/USD from binance are kept"),
  })
  expect(await backtest("--strategy", strategy, "--candles", "kept:binance")).toMatchObject({
    code: 2,
    err: expect.stringContaining('kept candles are named like kept:binance:BTC/USDT:1h, not "kept:binance"'),
  })
}, 120_000)
