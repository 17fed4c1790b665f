import { writeFile } from "node:fs/promises"
import {
  backtest, defaultAccount, metricDefinitions, metricsToJson,
  type AccountSettings, type BacktestProgress, type BacktestRequest, type BacktestResult, type EquityCurve, type FillMode, type StrategyDocument,
} from "#engine"
import { printJson, printText, table } from "./answer.ts"
import { candleChoice, openCandles } from "./candle-input.ts"
import { choiceOption, neededOption, noPositionals, numberOption, readWords, timeOption, WrongUsage, type Command } from "./command.ts"
import { installedEngine } from "./installation.ts"
import { metricInWords } from "./metric-in-words.ts"
import { openStrategy, paramValues, refusedBy } from "./strategy-input.ts"

const options = {
  strategy: { type: "string" }, candles: { type: "string", multiple: true }, param: { type: "string", multiple: true },
  cash: { type: "string" }, "fee-percent": { type: "string" }, "slippage-percent": { type: "string" }, "delay-candles": { type: "string" },
  fills: { type: "string" }, "fee-from": { type: "string" }, leverage: { type: "string" },
  "min-notional": { type: "string" }, "quantity-step": { type: "string" }, "price-tick": { type: "string" },
  from: { type: "string" }, to: { type: "string" }, equity: { type: "string" }, json: { type: "boolean" },
} as const

const help = `candlewright backtest --strategy FILE.json --candles MARKET=FILE […]

Runs a strategy over candles and tells every trade and every metric.

  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc-1h.csv.gz
  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc.csv --candles ETH/USDT=eth.csv --param length=21 --json
  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc.csv --from 2023-01-01 --to 2024-01-01 --equity curve.csv

  --strategy FILE         the strategy document
  --candles MARKET=FILE   candles of a market, once for each; CSV, plain, .gz or .zip
  --param NAME=VALUE      a value for one of the document's params, once for each
  --cash 1000             money at the start, in quote currency
  --fee-percent 0.1       fee of each fill, in percent of its value
  --slippage-percent 0    how much worse than the seen price market orders fill, in percent
  --delay-candles 0       base candles between a decision and its order, beyond the next open
  --fills conservative    what is assumed inside a candle: conservative, freqtrade or backtesting.py
  --fee-from quote        where buying fees are taken from: quote currency, or the coins received (received)
  --leverage 1            for shorts
  --min-notional 0        smallest order the exchange takes, in quote currency
  --quantity-step 0       quantities are multiples of this; 0 takes any
  --price-tick 0          prices are multiples of this; 0 takes any
  --from, --to            UTC, such as 2024-01-31 or 2024-01-31T10:00Z: trade from here, and leave out candles from there on
  --equity FILE.csv       write the equity curve: open_time_ms,equity
  --json                  the whole answer as JSON on stdout`

/** `candlewright backtest` */
export const backtestCommand: Command = { summary: "run a strategy over candles", help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const account = accountFrom(values)
  const period = { fromMs: timeOption("from", values.from), toMs: timeOption("to", values.to) }
  const params = paramValues(values.param ?? [])
  const strategyFile = neededOption("strategy", values.strategy)
  const choices = (values.candles ?? []).map(candleChoice)
  if (choices.length === 0) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  const strategy = await openStrategy(strategyFile)
  const markets: BacktestRequest["markets"] = []
  for (const { market, file } of choices) markets.push({ market: market ?? marketFor(strategy, choices.length), candles: await openCandles(file) })
  const answer = await backtest(await installedEngine(), { strategy, params, markets, account, ...period }, { onProgress: tellProgress })
  if (!answer.ok) throw refusedBy(answer.problems, strategyFile)
  if (values.equity !== undefined) await writeFile(values.equity, equityCsv(answer.result.equity))
  await (values.json ? printJson(jsonOf(answer.result)) : printText(wordsOf(answer.result)))
}

type Values = { [Name in keyof typeof options]?: unknown }

function accountFrom(values: Values): AccountSettings {
  const number = (name: keyof typeof options, otherwise: number) => (typeof values[name] === "string" ? numberOption(name, values[name]) : otherwise)
  return {
    cash: number("cash", defaultAccount.cash),
    feePercent: number("fee-percent", defaultAccount.feePercent),
    slippagePercent: number("slippage-percent", defaultAccount.slippagePercent),
    delayCandles: number("delay-candles", defaultAccount.delayCandles),
    fills: choiceOption("fills", values.fills ?? defaultAccount.fills, ["conservative", "freqtrade", "backtesting.py"] as const satisfies FillMode[]),
    feeFrom: choiceOption("fee-from", values["fee-from"] ?? defaultAccount.feeFrom, ["quote", "received"] as const),
    minNotional: number("min-notional", defaultAccount.minNotional),
    quantityStep: number("quantity-step", defaultAccount.quantityStep),
    priceTick: number("price-tick", defaultAccount.priceTick),
    leverage: number("leverage", defaultAccount.leverage),
  }
}

function marketFor({ markets }: StrategyDocument, choices: number): string {
  if (choices > 1) throw new WrongUsage("with several --candles each needs its market, such as BTC/USDT=btc.csv")
  return markets[0] ?? "MARKET"
}

function tellProgress({ doneCandles, totalCandles }: BacktestProgress): void {
  if (process.stderr.isTTY) process.stderr.write(doneCandles < totalCandles ? `\r${Math.floor((100 * doneCandles) / totalCandles)} %` : "\r     \r")
}

function equityCsv({ openTimeMs, equity }: EquityCurve): string {
  return `open_time_ms,equity\n${Array.from(openTimeMs, (time, index) => `${time},${equity[index]}\n`).join("")}`
}

function jsonOf({ engine, strategy, data, trades, metrics, rejected }: BacktestResult) {
  return { engine, strategy, data, trades, metrics: metricsToJson(metrics), rejected }
}

function wordsOf({ trades, metrics, rejected }: BacktestResult): string {
  const rows = metricDefinitions.map(({ key, label, unit }) => [label, metricInWords(metrics[key], unit)])
  return `${table(rows)}\n${trades.length} trades, ${rejected.length} rejected entries. --json tells each.\n`
}
