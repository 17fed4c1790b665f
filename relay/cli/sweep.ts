import { plainText, quoted } from "#engine/candles"
import { metricDefinitions } from "#engine/result"
import { variedCount, runProblems, sweepFigures, type SweepProgress, type SweepRow } from "#engine/run"
import type { StrategyProblem } from "#engine/strategy"
import { sweepAnswer } from "../jobs/run-answer.ts"
import { sweptBy, usefulThreads } from "../jobs/sweep-threads.ts"
import { accountHelp, accountOptions, reportGaps } from "./account-input.ts"
import { printJson, printText, table, report } from "./answer.ts"
import {
  choiceOption,
  HonestNo,
  neededOption,
  noPositionals,
  numberOption,
  readWords,
  WrongUsage,
  type Command,
} from "./command.ts"
import { explainSpeed } from "./explain-speed.ts"
import { engineFor } from "./installation.ts"
import { figureInWords } from "./metric-in-words.ts"
import { openTested } from "./run-settings.ts"
import { openMarkets } from "./tested-markets.ts"
import { paramValues, refusedBy } from "./strategy-input.ts"
import { refuseVariedParams, threadsFrom, variedParams } from "./varied-params.ts"

const options = {
  strategy: { type: "string" },
  candles: { type: "string", multiple: true },
  vary: { type: "string", multiple: true },
  param: { type: "string", multiple: true },
  ...accountOptions,
  from: { type: "string" },
  to: { type: "string" },
  rank: { type: "string" },
  "fewest-trades": { type: "string" },
  threads: { type: "string" },
  explain: { type: "boolean" },
  json: { type: "boolean" },
} as const

const help = `candlewright sweep --strategy FILE.json --candles MARKET=FILE --vary NAME=FROM:TO:STEP […]

Runs a strategy with every combination of its params' values and ranks them.

  candlewright sweep --strategy cross.json --candles BTC/USDT=btc-1h.csv.gz --vary fast=5:30:1 --vary slow=20:200:5
  candlewright sweep --strategy cross.json --candles BTC/USDT=btc.csv --vary fast=5,8,13,21 --vary useTrend=true,false --rank calmar --json

  --strategy FILE         the strategy document, or the file of a run: its strategy, and its settings where no option
                          here says otherwise
  --candles MARKET=FILE   candles of a market, once for each; CSV, plain, .gz or .zip
  --vary NAME=5:30:1      values to try: from, to and step (the param's own when left out), or a list 5,8,13; once for each param
  --param NAME=VALUE      a value for another of the document's params, once for each
  --rank sharpe           what is best first: ${sweepFigures.join(", ")}
  --fewest-trades 10      rows with fewer trades stand behind the others: their figures are chance
  --threads 2             how many processors share the work; all of them for long sweeps when left out
  --from, --to            UTC, such as 2024-01-31: trade from here, and leave out candles from there on
${accountHelp}
  --explain               say whether combinations run over the candles together, and else why not
  --json                  every row as JSON on stdout

The best of many combinations is partly chance: the more you try, the more. Look whether its neighbours are good too.`

/** `candlewright sweep` */
export const sweepCommand: Command = { help, run }

/** Rows of the printed table; the JSON has all of them. */
const SHOWN_ROWS = 20

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const rank = choiceOption("rank", values.rank ?? "sharpe", sweepFigures)
  const fewestTrades = fewestTradesFrom(values["fewest-trades"])
  const params = paramValues(values.param ?? [])
  const strategyFile = neededOption("strategy", values.strategy)
  if (!values.candles) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  if (!values.vary) throw new WrongUsage("--vary is needed, such as --vary length=5:30:1")
  const { strategy, account, period, markets: named } = await openTested(strategyFile, values)
  const vary = variedParams(values.vary, strategy)
  refuseVariedParams(params, vary)
  const markets = await openMarkets(values.candles, { named, toMs: period.toMs })
  const problems = runProblems({ strategy, markets, account, fromMs: period.fromMs })
  if (problems.length > 0) throw refusedBy(problems, strategyFile)
  const request = { strategy, vary, params, account, rank, fewestTrades, fromMs: period.fromMs }
  const engine = await engineFor(strategy, strategyFile)
  if (values.explain) explainSpeed(engine, markets, { strategy, account })
  const threads = values.threads === undefined ? usefulThreads(vary, markets) : threadsFrom(values.threads)
  const answer = await sweptBy({ engine, markets }, request, {
    threads: Math.min(threads, variedCount(vary)),
    onProgress: showProgress,
  })
  if (!answer.ok) throw refusedSweep(answer.problems, strategyFile)
  reportGaps(account)
  const { rows, refused } = answer
  if (rows.length === 0 && refused.length > 0)
    throw new HonestNo(`none of ${refused.length} combinations can be run: ${refused[0].because}`)
  if (refused.length > 0) report(`${refused.length} combinations were left out: ${refused[0].because}`)
  await (values.json ? printJson(sweepAnswer(rank, answer)) : printText(wordsOf(rows, Object.keys(vary))))
}

/** A wrong value is the fault of its --vary, and not of the strategy. */
function refusedSweep(problems: StrategyProblem[], strategyFile: string): HonestNo {
  const [{ path, because }] = problems
  if (!path.startsWith("vary.")) return refusedBy(problems, strategyFile)
  return new HonestNo(`--vary ${plainText(path.slice("vary.".length), 200)}: ${because}`, { problems })
}

function fewestTradesFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const trades = numberOption("fewest-trades", text)
  if (!Number.isInteger(trades) || trades < 0)
    throw new WrongUsage(`--fewest-trades takes a whole number from 0, not ${quoted(text)}`)
  return trades
}

function showProgress({ done, total }: SweepProgress): void {
  if (process.stderr.isTTY) process.stderr.write(done < total ? `\r${Math.floor((100 * done) / total)} %` : "\r     \r")
}

function wordsOf(rows: readonly SweepRow[], varied: string[]): string {
  const shown = metricDefinitions.filter(({ key }) => (sweepFigures as readonly string[]).includes(key))
  const lines = rows
    .slice(0, SHOWN_ROWS)
    .map((row) => [
      ...varied.map((name) => String(row.params[name])),
      ...shown.map(({ key, unit }) => figureInWords(key, row[key as keyof SweepRow] as number | null, unit)),
    ])
  const more = rows.length > SHOWN_ROWS ? `… and ${rows.length - SHOWN_ROWS} more: --json lists all.\n` : ""
  return `${table([[...varied, ...shown.map(({ label }) => label)], ...lines])}${more}`
}
