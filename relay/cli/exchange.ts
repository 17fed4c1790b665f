import { quoted } from "#engine/candles"
import { once } from "node:events"
import { join } from "node:path"
import { type LanguageName, languages } from "../exchange/simulated/language.ts"
import { publicFeed } from "../exchange/simulated/market/live-feed.ts"
import { type Naming, replayMarketFrom, type ReplayMarket } from "../exchange/simulated/market/replay-market.ts"
import {
  type SimulatedExchange,
  startSimulatedExchange,
  type SimulatedExchangeOptions,
} from "../exchange/simulated/simulated-exchange.ts"
import type { Speed } from "../exchange/simulated/virtual-clock.ts"
import { openDataDirectory } from "../store/data-directory.ts"
import { lockDataDirectory } from "../store/relay-lock.ts"
import type { Surroundings } from "../surroundings.ts"
import { printJson, printText } from "./answer.ts"
import { candleChoice, openCandles } from "./candles/candle-input.ts"
import {
  HonestNo,
  noPositionals,
  numberOption,
  portOption,
  readWords,
  timeOption,
  WrongUsage,
  type Command,
} from "./command.ts"

const options = {
  speak: { type: "string" },
  seed: { type: "string" },
  speed: { type: "string" },
  port: { type: "string" },
  "control-port": { type: "string" },
  start: { type: "string" },
  candles: { type: "string", multiple: true },
  live: { type: "boolean" },
  "live-from": { type: "string" },
  data: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright exchange

A whole exchange on this machine, with made-up money and markets, that speaks Binance's protocol (REST, streams and the WebSocket API),
Bybit's (v5, spot: REST, a public and a private stream) or Coinbase's (Advanced Trade: REST and one stream).
Any bot for that exchange can trade on it by changing its addresses. Ctrl-C stops it; nothing is kept, unless you say where.

  candlewright exchange                                    real time, prints the addresses, a key, and a ccxt program to copy
  candlewright exchange --seed 7 --speed 60 --port 9100    an hour a minute; the same seed gives the same days again
  candlewright exchange --candles BTC/USDT=btc-1m.csv.gz   replays one-minute candles of a file as if it were now
  candlewright exchange --json                             first line for programs: the addresses, control, apiKey, secret, symbols.
                                                           The addresses are rest, stream and wsApi of Binance's protocol; rest, publicStream
                                                           and privateStream of Bybit's; rest and stream of Coinbase's

  --speak binance       whose protocol: binance, bybit (v5, spot) or coinbase (Advanced Trade), with its addresses, signatures, words and limits
  --seed 1              decides prices, books and keys
  --speed 1             how much faster than real time, or "stepped": time moves only when the control plane says so
  --port 9100           of REST and streams; any free one unless said otherwise        --control-port 9101
  --start 2026-01-01    UTC; now when the speed is 1, otherwise 2026-01-01, or 500 minutes into the candles
  --candles MARKET=FILE repeated for several markets
  --live                follows Binance's real prices (needs the network; nothing is sent but questions for prices)
  --data FOLDER         keeps accounts, keys, orders, fills and candles there and goes on with them next time, after a crash too
  --live-from URL       another address that answers like Binance's public data

The control address makes crashes, rallies, outages and errors happen; docs/simulated-exchange.md shows how.`

/** `candlewright exchange` */
export const exchangeCommand: Command = {
  help,
  run,
}

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const speak = languageOption(values.speak)
  const replay = values.candles && (await replayOf(values.candles, languages[speak]))
  const wanted = {
    speak,
    seed: values.seed ?? "1",
    speed: speedOption(values.speed),
    port: portOption("port", values.port),
    controlPort: portOption("control-port", values["control-port"]),
    live: values["live-from"] ?? (values.live ? publicFeed : undefined),
    ...replay,
    startMs: timeOption("start", values.start) ?? replay?.startMs,
  }
  const started =
    values.data === undefined ? await start(wanted, surroundings) : await startIn(values.data, wanted, surroundings)
  // We listen before we print: a reader of the first line may stop it at once.
  const stopSignal = Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)))
  const { addresses, control, apiKey, secret, symbols } = started
  if (values.json) await printJson({ ...addresses, control, apiKey, secret, symbols })
  else await printText(startedWords(started, languages[wanted.speak].program({ ...addresses, apiKey, secret })))
  await stopSignal
  await started.stop()
}

function startedWords({ addresses, control, apiKey, secret, symbols }: SimulatedExchange, program: string): string {
  const rows = Object.entries({ ...addresses, control, key: apiKey, secret })
  const table = rows.map(
    ([name, value]) => `  ${name.padEnd(15)}${value.trimEnd().replaceAll("\n", `\n${" ".repeat(17)}`)}`,
  )
  return `The exchange trades ${symbols.join(", ")}.\n\n${table.join("\n")}\n\nFor ccxt:\n\n${program}\nCtrl-C stops it.\n`
}

function languageOption(text = "binance"): LanguageName {
  if (Object.hasOwn(languages, text)) return text as LanguageName
  throw new WrongUsage(`--speak is one of ${Object.keys(languages).join(", ")}, not ${quoted(text)}`)
}

/** Starts an exchange that keeps its data in a folder nobody else uses meanwhile; kill -9 ends the lock too. */
async function startIn(directory: string, wanted: SimulatedExchangeOptions, surroundings: Surroundings) {
  await openDataDirectory(directory).catch((error: Error) => {
    throw new HonestNo(error.message)
  })
  const lock = await lockDataDirectory(directory)
  if (lock === undefined)
    throw new HonestNo(
      `Another program uses ${quoted(directory, 200)}: a relay, or another exchange. Choose another folder with --data.`,
    )
  const started = await start({ ...wanted, folder: join(directory, "practice") }, surroundings)
  return { ...started, stop: () => started.stop().finally(() => lock.release()) }
}

async function start(wanted: SimulatedExchangeOptions, surroundings: Surroundings) {
  return startSimulatedExchange(wanted, surroundings, (sentence) => process.stderr.write(`${sentence}\n`)).catch(
    (error: NodeJS.ErrnoException) => {
      if (wanted.live !== undefined && error.code === undefined)
        throw new HonestNo(
          `The live prices at ${wanted.live} are not available (${error.message}). Leave --live out to use a made-up market.`,
        )
      if (error.code === "EADDRINUSE")
        throw new HonestNo(`Port ${wanted.port} is taken; choose another with --port or leave it out.`)
      throw error
    },
  )
}

async function replayOf(choices: string[], naming: Naming): Promise<ReplayMarket> {
  const markets: Record<string, Awaited<ReturnType<typeof openCandles>>> = {}
  for (const { market, file } of choices.map(candleChoice)) {
    if (market === undefined) throw new WrongUsage("--candles takes MARKET=FILE, such as BTC/USDT=btc-1m.csv.gz")
    markets[market] = await openCandles(file)
  }
  const replay = replayMarketFrom(markets, naming)
  if (typeof replay === "string") throw new HonestNo(replay)
  return replay
}

function speedOption(text = "1"): Speed {
  if (text === "stepped") return text
  const speed = numberOption("speed", text)
  if (speed <= 0 || speed > 1_000)
    throw new WrongUsage(`--speed is "stepped" or a number up to 1000, not ${quoted(text)}`)
  return speed
}
