import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { promisify } from "node:util"
import { afterEach, expect, test } from "vitest"
import { languages } from "../exchange/simulated/language.ts"
import { startSimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { HonestNo } from "./command.ts"
import { realSurroundings } from "../surroundings.ts"
import { builtCommand } from "./testing/built-command.ts"
import { exchangeCommand } from "./exchange.ts"

const project = new URL("../..", import.meta.url).pathname
let running: ChildProcess | undefined
afterEach(() => void running?.kill("SIGKILL"))

async function exchange(...words: string[]) {
  return spawn(process.execPath, [await builtCommand(), "exchange", ...words], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line
  throw new Error("it said nothing")
}

/** Everything it prints until it says how to stop it. */
async function printed(child: ChildProcess): Promise<string> {
  let text = ""
  for await (const piece of child.stdout!) if ((text += String(piece)).includes("Ctrl-C stops it.")) return text
  throw new Error(`it ended with: ${text}`)
}

test("the first line of --json says where everything is", { timeout: 120_000 }, async () => {
  running = await exchange("--json", "--seed", "7", "--speed", "60")
  const printed = JSON.parse(await firstLine(running))
  expect(Object.keys(printed)).toEqual(["rest", "stream", "wsApi", "control", "apiKey", "secret", "symbols"])
  expect([printed.rest, printed.stream, printed.wsApi]).toEqual([
    expect.stringMatching(/^http:.*\/api\/v3$/),
    expect.stringMatching(/^ws:.*\/ws$/),
    expect.stringMatching(/^ws:.*\/ws-api\/v3$/),
  ])
  running.kill("SIGINT")
  expect(await once(running, "exit")).toEqual([0, null])
})

test("the ccxt program it prints runs unchanged, in a process of its own", { timeout: 180_000 }, async () => {
  running = await exchange("--speed", "60")
  const [, program] = /For ccxt:\n\n([\s\S]*)Ctrl-C stops it\./.exec(await printed(running))!
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    cwd: project,
  })
  expect(stdout).toContain("status: 'closed'")
  expect(stdout).toMatch(/\[\s*\d{13},/)
  running.kill("SIGTERM")
  expect(await once(running, "exit")).toEqual([0, null])
})

test(
  "Bybit's language has addresses of its own, and the program it prints runs unchanged",
  { timeout: 180_000 },
  async () => {
    running = await exchange("--speak", "bybit", "--json", "--seed", "7", "--speed", "60")
    const { rest, publicStream, privateStream, ...others } = JSON.parse(await firstLine(running))
    expect([rest, publicStream, privateStream]).toEqual([
      expect.stringMatching(/^http:\/\/[^/]+$/),
      expect.stringMatching(/^ws:.*\/v5\/public\/spot$/),
      expect.stringMatching(/^ws:.*\/v5\/private$/),
    ])
    expect(Object.keys(others)).toEqual(["control", "apiKey", "secret", "symbols"])
    const program = languages.bybit.program({ rest, publicStream, privateStream, ...others })
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
      cwd: project,
    })
    expect(stdout).toContain("status: 'closed'")
    expect(stdout).toMatch(/\[\s*\d{13},/)
    running.kill("SIGTERM")
    expect(await once(running, "exit")).toEqual([0, null])
  },
)

test(
  "Coinbase's language has two addresses, and the program it prints runs unchanged",
  { timeout: 180_000 },
  async () => {
    running = await exchange("--speak", "coinbase", "--json", "--seed", "7", "--speed", "60")
    const { rest, stream, ...others } = JSON.parse(await firstLine(running))
    expect([rest, stream]).toEqual([expect.stringMatching(/^http:\/\/[^/]+$/), expect.stringMatching(/^ws:\/\/[^/]+$/)])
    expect(Object.keys(others)).toEqual(["control", "apiKey", "secret", "symbols"])
    expect(others.apiKey).toMatch(/^organizations\/.*\/apiKeys\//)
    expect(others.secret).toContain("BEGIN EC PRIVATE KEY")
    const program = languages.coinbase.program({ rest, stream, ...others })
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
      cwd: project,
    })
    expect(stdout).toContain("status: 'closed'")
    expect(stdout).toMatch(/\[\s*\d{13},/)
    running.kill("SIGTERM")
    expect(await once(running, "exit")).toEqual([0, null])
  },
)

test("the same seed gives the same keys and prices, another seed others", async () => {
  const look = async (seed: string) => {
    const started = await startSimulatedExchange({ seed, speed: "stepped" }, realSurroundings())
    const candles = await fetch(`${started.rest}/klines?symbol=BTCUSDT&interval=1h&limit=24`).then((answer) =>
      answer.json(),
    )
    await started.stop()
    return { key: started.apiKey, candles }
  }
  const [first, again, other] = [await look("7"), await look("7"), await look("8")]
  expect(again).toEqual(first)
  expect(other.candles).not.toEqual(first.candles)
})

const run = (words: string[]) => exchangeCommand.run(words, realSurroundings())

test("the help names every language and the addresses of each as the first line has them", () => {
  for (const [name, language] of Object.entries(languages))
    for (const word of [name, ...Object.keys(language.addresses("host"))]) expect(exchangeCommand.help).toContain(word)
})

test("wrong options are named, and so are candles that do not exist", async () => {
  await expect(run(["--speed", "fast"])).rejects.toThrow("--speed takes a number")
  await expect(run(["--port", "99999"])).rejects.toThrow("from 0 to 65535")
  await expect(run(["--candles", "btc.csv"])).rejects.toThrow("MARKET=FILE")
  await expect(run(["--candles", "BTC/USDT=/nowhere.csv"])).rejects.toBeInstanceOf(HonestNo)
  await expect(run(["--live-from", "http://127.0.0.1:9"])).rejects.toThrow("Leave --live out")
})
