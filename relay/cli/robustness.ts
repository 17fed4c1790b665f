import { formatPercent, formatSignedPercent, plainText } from "#engine/candles"
import { robustnessQuestions } from "#engine/result"
import {
  quoteOf,
  robustnessOf,
  runProblems,
  USUAL_ROBUSTNESS_TRIALS,
  type ChanceRuns,
  type MarketCandles,
  type Robustness,
  type RobustnessNews,
  type RobustnessRequest,
} from "#engine/run"
import { robustnessAnswer } from "../jobs/robustness-answer.ts"
import { taskThreads } from "../jobs/task-threads.ts"
import { accountHelp, accountOptions, reportGaps } from "./account-input.ts"
import { printJson, printText, table } from "./answer.ts"
import { candleChoice } from "./candles/candle-input.ts"
import { HonestNo, neededOption, noPositionals, numberOption, readWords, WrongUsage, type Command } from "./command.ts"
import { engineFor } from "./installation.ts"
import { ProgressLine } from "./progress-line.ts"
import { openTested } from "./run-settings.ts"
import { paramValues, refusedBy } from "./strategy-input.ts"
import { openMarkets } from "./tested-markets.ts"
import { threadsFrom } from "./varied-params.ts"

const options = {
  strategy: { type: "string" },
  candles: { type: "string", multiple: true },
  other: { type: "string", multiple: true },
  param: { type: "string", multiple: true },
  trials: { type: "string" },
  seed: { type: "string" },
  "ruin-cash": { type: "string" },
  threads: { type: "string" },
  ...accountOptions,
  from: { type: "string" },
  to: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright robustness --strategy FILE.json --candles MARKET=FILE [--other MARKET=FILE …]

Asks how far to believe a strategy with its values: other orders of its trades, missed trades, other pasts of its market,
higher costs, other days to begin, entries by chance, every mood of the market, part after part, other markets.

  candlewright robustness --strategy cross.json --candles BTC/USDT=btc-1h.csv.gz
  candlewright robustness --strategy cross.json --candles BTC/USDT=btc.csv --other ETH/USDT=eth.csv --trials 1000 --json

  --strategy FILE         the strategy document, or the file of a run: its strategy, and its settings where no option
                          here says otherwise
  --candles MARKET=FILE   candles of a market, once for each; CSV, plain, .gz or .zip
  --other MARKET=FILE     a market to try the same values on, once for each
  --param NAME=VALUE      a value for one of the document's params, once for each
  --trials ${USUAL_ROBUSTNESS_TRIALS}            how often chance is asked
  --seed 1                chance begins here: the same seed, the same answer
  --ruin-cash 500         ruin is money at or below this; half of the cash when left out
  --threads 2             how many processors share the work; all of them when left out
  --from, --to            UTC, such as 2024-01-31: trade from here, and leave out candles from there on
${accountHelp}
  --json                  everything as JSON on stdout`

/** `candlewright robustness` */
export const robustnessCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const strategyFile = neededOption("strategy", values.strategy)
  const { request, others } = await readRequest(values, strategyFile)
  const engine = await engineFor(request.terms.space.variants[0], strategyFile)
  const width = values.threads === undefined ? undefined : threadsFrom(values.threads)
  const threads = taskThreads(engine, { own: request.markets, others }, width)
  const line = new ProgressLine(process.stderr)
  const onNews = ({ part, share }: RobustnessNews) => line.show(`${Math.floor(100 * share)} % · ${partWords[part]}`)
  const answer = await robustnessOf(threads, request, { onNews }).finally(() => {
    threads.close()
    line.end()
  })
  if (!answer.ok) throw refused(answer.problems, strategyFile)
  reportGaps(request.terms.account)
  const { robustness } = answer
  await (values.json ? printJson(robustnessAnswer(robustness)) : printText(wordsOf(robustness)))
}

type Values = ReturnType<typeof readWords<typeof options>>["values"]

async function readRequest(
  values: Values,
  strategyFile: string,
): Promise<{ request: RobustnessRequest; others: MarketCandles[] }> {
  const params = paramValues(values.param ?? [])
  const [trials, seed, ruinCash] = (["trials", "seed", "ruin-cash"] as const).map((name) =>
    values[name] === undefined ? undefined : numberOption(name, values[name]),
  )
  if (!values.candles) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  const { strategy, account, period, markets: named } = await openTested(strategyFile, values)
  const markets = await openMarkets(values.candles, { named, toMs: period.toMs })
  const others = values.other ? await openMarkets(namedOthers(values.other), { named: [], toMs: period.toMs }) : []
  const problems = runProblems({ strategy, params, markets, account, fromMs: period.fromMs })
  if (problems.length > 0) throw refusedBy(problems, strategyFile)
  const request = {
    terms: { space: { variants: [strategy], dimensions: [] }, params, account },
    markets,
    others: others.map(({ market }) => market),
    period,
    trials: trials ?? USUAL_ROBUSTNESS_TRIALS,
    seed: seed ?? 1,
    ruinCash,
    currency: quoteOf(markets[0].market),
  }
  return { request, others }
}

/** Another market is listed by its name, so it needs one. */
function namedOthers(texts: string[]): string[] {
  const nameless = texts.find((text) => candleChoice(text).market === undefined)
  if (nameless !== undefined) throw new WrongUsage(`--other takes MARKET=FILE, such as ETH/USDT=eth-1h.csv.gz`)
  return texts
}

const optionOf: Readonly<Record<string, string>> = {
  trials: "--trials",
  seed: "--seed",
  ruinCash: "--ruin-cash",
  period: "--from and --to",
}

function refused(problems: { path: string; because: string }[], strategyFile: string): HonestNo {
  const [{ path, because }] = problems
  const option = Object.hasOwn(optionOf, path) ? optionOf[path] : undefined
  return option === undefined ? refusedBy(problems, strategyFile) : new HonestNo(`${option}: ${because}`, { problems })
}

const partWords: Record<RobustnessNews["part"], string> = {
  costs: "paying more",
  startDates: "beginning on other days",
  randomEntry: "entering by chance",
  monteCarlo: "living through other pasts",
  walkForward: "going part after part",
  otherMarkets: "trading elsewhere",
}

const levelWords = { good: "yes", doubtful: "doubtful", bad: "no" } as const

function wordsOf({ verdict, lights, monteCarlo }: Robustness): string {
  return [
    `${verdict.headline}\n\n`,
    ...lights.map(
      ({ id, level, because }) =>
        `  ${levelWords[level].padEnd(8)}  ${robustnessQuestions[id]} ${plainText(because, 1_000)}\n`,
    ),
    `\nMoney at the end, by chance:\n\n`,
    table([
      ["", "worst 5 %", "middle", "best 5 %", "worst fall", "ruined"],
      chanceRow("trades in another order", monteCarlo.shuffle),
      chanceRow("one trade in ten missed", monteCarlo.skipped),
      chanceRow("other pasts of the market", monteCarlo.bootstrap),
    ]),
  ].join("")
}

function chanceRow(name: string, { p5, p50, p95, worstFall, ruinPercent }: ChanceRuns): string[] {
  const money = [p5, p50, p95].map((equity) => equity.toFixed(2))
  return [name, ...money, formatSignedPercent(-worstFall.p95), formatPercent(ruinPercent)]
}
