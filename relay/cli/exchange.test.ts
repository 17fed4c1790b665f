import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { promisify } from "node:util"
import { afterEach, expect, test } from "vitest"
import { ccxtSnippet } from "../exchange/simulated/snippet.ts"

const project = new URL("../..", import.meta.url).pathname
let running: ChildProcess | undefined
afterEach(() => void running?.kill("SIGKILL"))

function exchange(...words: string[]) {
  return spawn(process.execPath, ["--import", "tsx", "relay/cli/main.ts", "exchange", ...words], { cwd: project, stdio: ["ignore", "pipe", "pipe"] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line
  throw new Error("it said nothing")
}

test("the first line of --json says where everything is, and the printed ccxt program runs as it stands", async () => {
  running = exchange("--json", "--seed", "7", "--speed", "60")
  const told = JSON.parse(await firstLine(running))
  expect(Object.keys(told)).toEqual(["rest", "stream", "wsApi", "control", "apiKey", "secret", "symbols"])
  const program = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", ccxtSnippet(told)], { cwd: project })
  expect(program.stdout).toContain("status: 'closed'")
  running.kill("SIGINT")
  expect(await once(running, "exit")).toEqual([0, null])
})

test("the same seed gives the same keys and prices, another seed others", async () => {
  const look = async (seed: string) => {
    const child = exchange("--json", "--seed", seed, "--speed", "stepped")
    const told = JSON.parse(await firstLine(child))
    const candles = await fetch(`${told.rest}/klines?symbol=BTCUSDT&interval=1h&limit=24`).then((answer) => answer.json())
    child.kill("SIGTERM")
    return { key: told.apiKey, candles }
  }
  const [first, again, other] = [await look("7"), await look("7"), await look("8")]
  expect(again).toEqual(first)
  expect(other.candles).not.toEqual(first.candles)
})

test("wrong words get exit code 2, candles that cannot be replayed an honest sentence and exit code 1", async () => {
  const ended = async (...words: string[]) => {
    const child = exchange(...words)
    let said = ""
    child.stderr!.on("data", (data) => (said += String(data)))
    const [code] = await once(child, "close")
    return { code, said }
  }
  expect(await ended("--speed", "fast")).toMatchObject({ code: 2, said: expect.stringContaining("--speed takes a number") })
  expect(await ended("--port", "99999")).toMatchObject({ code: 2 })
  expect(await ended("--candles", "btc.csv")).toMatchObject({ code: 2, said: expect.stringContaining("MARKET=FILE") })
  expect(await ended("--candles", "BTC/USDT=/nowhere.csv")).toMatchObject({ code: 1 })
})
