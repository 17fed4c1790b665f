import {
  checkHistory,
  defaultAccount,
  historyCheckInWords,
  runProblems,
  type Engine,
  type HistoryCheck,
  type MarketCandles,
} from "#engine/run"
import { checkStrategy, type StrategyDocument, type StrategyReport } from "#engine/strategy"
import { printJson, printText } from "./answer.ts"
import { onePositional, readWords, type Command } from "./command.ts"
import { engineFor, installedEngine } from "./installation.ts"
import { openStrategy, paramValues, refusedBy } from "./strategy-input.ts"
import { openMarkets } from "./tested-markets.ts"

const options = {
  param: { type: "string", multiple: true },
  candles: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const

const help = `candlewright check FILE.json

Reads a strategy, alone or in a run's file, and says what it does in plain words, how many candles it needs before it knows anything, why it cannot look into the
future, and what to be careful about; or what is wrong with it, each with its place.

  candlewright check rsi-dip.json
  candlewright check rsi-dip.json --param length=21 --json
  candlewright check sentiment.json --candles BTC/USDT=btc-with-sentiment.csv

  --param NAME=VALUE      a value for one of the document's params, once for each
  --candles MARKET=FILE   candles to try it on, once for each market: the formulas may use their further columns, and what it
                          decides on histories that begin later or end earlier is compared
  --json                  { "ok", "name", "timeframe", "warmUp", "lookAhead", "flags", "params", "functions", "inWords",
                          with --candles "history" }`

/** `candlewright check` */
export const checkCommand: Command = {
  help,
  run,
}

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("strategy file", positionals)
  const { strategy } = await openStrategy(file)
  const params = paramValues(values.param ?? [])
  const markets = values.candles ? await openMarkets(values.candles, { named: strategy.markets }) : []
  const extra = markets.flatMap(({ candles }) => Object.keys(candles.extra))
  const { sha256 } = strategy.models ? await installedEngine() : {}
  const answer = checkStrategy(strategy, { params, extra, engine: sha256 })
  if (!answer.ok) throw refusedBy(answer.problems, file)
  // Only compiling shows whether code compiles.
  const engine = strategy.code || markets.length > 0 ? await engineFor(strategy, file) : undefined
  const history = engine && markets.length > 0 ? historyOf(engine, { strategy, params }, markets) : undefined
  const report = history ? withHistory(answer.report, history) : answer.report
  await (values.json
    ? printJson({ ok: true, ...report, history })
    : printText(wordsOf(report) + (history ? `${history.because.join("\n")}\n` : "")))
}

/** What histories that begin later or end earlier show; without a check where they cannot be run over. */
type History = { check?: HistoryCheck; because: string[] }

function historyOf(
  engine: Engine,
  { strategy, params }: { strategy: StrategyDocument; params: Record<string, number | boolean> },
  markets: MarketCandles[],
): History {
  const problems = runProblems({ strategy, params, markets, account: defaultAccount })
  const checked =
    problems.length > 0
      ? { ok: false as const, problems }
      : checkHistory(engine, { strategy, params, account: defaultAccount }, markets)
  if (!checked.ok) return { because: [`It was not run over these candles: ${checked.problems[0].because}.`] }
  return { check: checked.check, because: historyCheckInWords(checked.check) }
}

/** The report, where a strategy that was caught looking ahead is no longer said to be unable to. */
function withHistory(
  report: StrategyReport,
  { check, because }: History,
): Omit<StrategyReport, "lookAhead"> & {
  lookAhead: { possible: boolean; because: string[] }
} {
  return check?.lookAhead.found ? { ...report, lookAhead: { possible: true, because } } : report
}

type Report = ReturnType<typeof withHistory>

function wordsOf({ name, timeframe, warmUp, lookAhead, flags, inWords }: Report): string {
  const ready =
    warmUp === undefined
      ? []
      : [`Knows its first values after ${warmUp.readyAfterCandles} candles${settled(warmUp.settledAfterCandles)}`]
  const careful = flags.length === 0 ? [] : ["", "Careful:", ...flags.map(({ because }) => `  ${because}`)]
  const plan = inWords.map((sentence) => `  ${sentence.text}`)
  return `${[`${name}, on candles of ${timeframe}`, "", ...plan, "", ...ready, ...lookAhead.because, ...careful].join("\n")}\n`
}

function settled(afterCandles: number | "never"): string {
  return afterCandles === "never"
    ? ". Something in it adds up from the first candle on, so its values depend on where the candles begin."
    : `, and the same from any start after ${afterCandles}.`
}
