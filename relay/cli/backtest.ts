import {
  equityCsv,
  metricDefinitions,
  freqtradeMetrics,
  rejectedPerReason,
  tradesPerExitReason,
  tradesPerMarket,
  tradesPerMonth,
  tradesPerWeekday,
  type BacktestResult,
  type RegimeTrades,
  type RunRecord,
} from "#engine/result"
import { backtestIn, type BacktestProgress, type BacktestRequest, openBacktest, tradesByRegime } from "#engine/run"
import { backtestAnswer } from "../jobs/run-answer.ts"
import { runNotes } from "#engine/strategy"
import { accountHelp, accountOptions, reportGaps } from "./account-input.ts"
import { printJson, printText, report, table } from "./answer.ts"
import { candleChoice, openCandles } from "./candles/candle-input.ts"
import { neededOption, noPositionals, readWords, WrongUsage, type Command } from "./command.ts"
import { checkWritable, writeTextFile } from "./file-output.ts"
import { engineFor } from "./installation.ts"
import { figureInWords, metricInWords } from "./metric-in-words.ts"
import { openTested } from "./run-settings.ts"
import { paramValues, refusedBy } from "./strategy-input.ts"

const options = {
  strategy: { type: "string" },
  candles: { type: "string", multiple: true },
  param: { type: "string", multiple: true },
  ...accountOptions,
  from: { type: "string" },
  to: { type: "string" },
  equity: { type: "string" },
  tables: { type: "boolean" },
  json: { type: "boolean" },
} as const

const help = `candlewright backtest --strategy FILE.json --candles MARKET=FILE […]

Runs a strategy over candles and reports every trade and every metric.

  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc-1h.csv.gz
  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc.csv --candles ETH/USDT=eth.csv --param length=21 --json
  candlewright backtest --strategy rsi-dip.json --candles BTC/USDT=btc.csv --from 2023-01-01 --to 2024-01-01 --equity curve.csv

  --strategy FILE         the strategy document, or the file of a run: its strategy, and its settings where no option
                          here says otherwise
  --candles MARKET=FILE   candles of a market, once for each; CSV, plain, .gz or .zip; or those that \`candles fetch\` has kept: kept:binance:BTC/USDT:1h
  --param NAME=VALUE      a value for one of the document's params, once for each
${accountHelp}
  --from, --to            UTC, such as 2024-01-31 or 2024-01-31T10:00Z: trade from here, and leave out candles from there on
  --equity FILE.csv       write the equity curve: open_time_ms,equity
  --tables                also list the trades by market, exit reason, month, weekday and regime, and the figures as freqtrade defines them
  --json                  the whole answer as JSON on stdout`

/** `candlewright backtest` */
export const backtestCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const params = paramValues(values.param ?? [])
  const strategyFile = neededOption("strategy", values.strategy)
  const choices = (values.candles ?? []).map(candleChoice)
  if (choices.length === 0) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  const { strategy, account, period, markets: named } = await openTested(strategyFile, values)
  const markets: BacktestRequest["markets"] = []
  for (const { market, file } of choices)
    markets.push({
      market: market ?? marketFor(named, choices.length),
      candles: await openCandles(file, { market }),
    })
  const opened = openBacktest(await engineFor(strategy, strategyFile), {
    strategy,
    params,
    markets,
    account,
    ...period,
  })
  if (!opened.ok) throw refusedBy(opened.problems, strategyFile)
  const { session, plan } = opened
  if (values.equity !== undefined) await checkWritable(values.equity)
  const answer = await backtestIn(session, plan, { onProgress: showProgress })
  if (!answer.ok) throw refusedBy(answer.problems, strategyFile)
  reportGaps(account)
  const [fromMs] = answer.result.equity.openTimeMs
  runNotes(strategy, { engine: session.engine.sha256, fromMs }).forEach(report)
  if (values.equity !== undefined) await writeTextFile(values.equity, equityCsv(answer.result.equity))
  const perRegime = tradesByRegime(session, plan.strategy, answer.record)
  await (values.json
    ? printJson({
        ...(await backtestAnswer(session, plan, answer)),
        ...(values.tables && tablesOf(answer.record, perRegime)),
      })
    : printText(wordsOf(answer.result) + (values.tables ? tablesInWords(answer.record, perRegime) : "")))
}

/** The market of a candle file given without one. */
export function marketFor(markets: readonly string[], choices: number): string {
  if (choices > 1) throw new WrongUsage("with several --candles each needs its market, such as BTC/USDT=btc.csv")
  return markets[0] ?? "MARKET"
}

function showProgress({ doneCandles, totalCandles }: BacktestProgress): void {
  if (process.stderr.isTTY)
    process.stderr.write(
      doneCandles < totalCandles ? `\r${Math.floor((100 * doneCandles) / totalCandles)} %` : "\r     \r",
    )
}

function wordsOf({ trades, metrics, rejected }: BacktestResult): string {
  const rows = metricDefinitions.map(({ key, label, unit }) => [label, figureInWords(key, metrics[key], unit)])
  const reasons = rejectedPerReason(rejected).map(({ reason, count }) => `${count} ${reason}`)
  return `${table(rows)}\n${trades.length} trades, ${rejected.length} rejected entries${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}. --json lists them.\n`
}

function tablesOf(record: RunRecord, perRegime: readonly RegimeTrades[]) {
  return {
    tables: { ...everyRunsTables(record), ...(perRegime.length > 0 && { perRegime }) },
    freqtrade: Object.fromEntries(freqtradeMetrics(record).map(({ key, value }) => [key, value])),
  }
}

function everyRunsTables(record: RunRecord) {
  return {
    perMarket: tradesPerMarket(record),
    perExitReason: tradesPerExitReason(record),
    perMonth: tradesPerMonth(record),
    perWeekday: tradesPerWeekday(record),
  }
}

function tablesInWords(record: RunRecord, moods: readonly RegimeTrades[]): string {
  const { freqtrade } = tablesOf(record, moods)
  const perRegime = moods.map(({ model, groups: rows }) =>
    rows.map((row) => ({ ...row, name: `${model}, ${row.name}` })),
  )
  const groups = [...Object.values(everyRunsTables(record)), ...perRegime].map((rows) =>
    table([
      ["", "Trades", "Won", "Profit"],
      ...rows.map(({ name, tradeCount, winRatePercent, profit }) => [
        name,
        String(tradeCount),
        metricInWords(winRatePercent, "percent"),
        profit.toFixed(2),
      ]),
    ]),
  )
  const asFreqtrade = metricDefinitions.flatMap(({ key, label, unit }) =>
    key in freqtrade ? [[label, figureInWords(key, freqtrade[key], unit)]] : [],
  )
  return `\n${groups.join("\n")}\nAs freqtrade defines them:\n${table(asFreqtrade)}`
}
