import { plainText, quoted } from "#engine/candles"
import {
  dimensionsOf,
  historyOf,
  namedObjectives,
  optimiseAndShake,
  quoteOf,
  runProblems,
  searchMethods,
  variantsOf,
  type MarketCandles,
  type OptimiseNews,
  type OptimiseRequest,
  type RuleChoice,
  type RuleVariant,
} from "#engine/run"
import type { StrategyDocument, StrategyProblem } from "#engine/strategy"
import { optimiseAnswer } from "../jobs/optimise-answer.ts"
import { taskThreads } from "../jobs/task-threads.ts"
import { accountHelp, accountOptions, reportGaps } from "./account-input.ts"
import { printJson, printText, report } from "./answer.ts"
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
import { progressWords, wordsOf } from "./optimise-words.ts"
import { ProgressLine } from "./progress-line.ts"
import { openTested } from "./run-settings.ts"
import { openMarkets } from "./tested-markets.ts"
import { paramValues, refusedBy } from "./strategy-input.ts"
import { refuseVariedParams, threadsFrom, variedParams } from "./varied-params.ts"

const options = {
  strategy: { type: "string" },
  candles: { type: "string", multiple: true },
  other: { type: "string", multiple: true },
  vary: { type: "string", multiple: true },
  param: { type: "string", multiple: true },
  objective: { type: "string", multiple: true },
  method: { type: "string" },
  trials: { type: "string" },
  seed: { type: "string" },
  "hold-out-percent": { type: "string" },
  "min-trades": { type: "string" },
  "max-drawdown": { type: "string" },
  "coin-flips": { type: "string" },
  threads: { type: "string" },
  halving: { type: "boolean" },
  without: { type: "string", multiple: true },
  instead: { type: "string", multiple: true },
  ...accountOptions,
  from: { type: "string" },
  to: { type: "string" },
  explain: { type: "boolean" },
  json: { type: "boolean" },
} as const

const help = `candlewright optimise --strategy FILE.json --candles MARKET=FILE --vary NAME=FROM:TO:STEP […]

Searches for good values of a strategy's params, and says how much of what it finds to believe: the last part of the
history is locked away and opened once, the same search runs on markets whose directions a coin decides, and part after
part of the history.

  candlewright optimise --strategy cross.json --candles BTC/USDT=btc-1h.csv.gz --vary fast=5:30:1 --vary slow=20:200:5
  candlewright optimise --strategy cross.json --candles BTC/USDT=btc.csv --vary fast=2:60 --vary slow=10:400 --method tpe --trials 500 --json

  --strategy FILE         the strategy document, or the file of a run: its strategy, and its settings where no option
                          here says otherwise
  --candles MARKET=FILE   candles of a market, once for each; CSV, plain, .gz or .zip
  --other MARKET=FILE     a market to try what was found on, once for each
  --vary NAME=5:30:1      values to try: from, to and step (the param's own when left out), or a list 5,8,13; once for each param
  --param NAME=VALUE      a value for another of the document's params, once for each
  --without PATH          try it without this condition too, such as long.enter.all[1]; once for each
  --instead PATH=FORMULA  try this formula in its place too, such as "long.enter.all[0]=rsi(close, 14) < 30"; once for each
  --objective sharpe      what is best: ${Object.keys(namedObjectives).join(", ")}, or a formula over the figures of
                          candlewright sweep, such as "sharpe - 0.1 * maxDrawdownPercent"; several make a front
  --method grid           ${searchMethods.join(", ")}: every combination, some by chance, or some where it was good before
  --trials 200            how many combinations random, tpe and cmaes try
  --seed 1                chance begins here: the same seed, the same answer
  --halving               give hopeless combinations up early, on a part of the candles
  --hold-out-percent 20   how much of the history, at its end, is locked away
  --min-trades 30         combinations with fewer trades rank behind the others
  --max-drawdown 30       so do those that fall further, in percent
  --coin-flips 199        on how many markets with nothing to find the search is tried, at most
  --threads 2             how many processors share the work; all of them when left out
  --from, --to            UTC, such as 2024-01-31: trade from here, and leave out candles from there on
${accountHelp}
  --explain               say whether combinations run over the candles together, and else why not
  --json                  everything as JSON on stdout`

/** `candlewright optimise` */
export const optimiseCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const strategyFile = neededOption("strategy", values.strategy)
  const { request, markets, variants } = await readRequest(values, strategyFile)
  const others = values.other ? await openMarkets(values.other, { named: [] }) : []
  const engine = await engineFor(request.terms.space.variants[0], strategyFile)
  const { account, space } = request.terms
  if (values.explain) explainSpeed(engine, markets, { strategy: space.variants[0], account })
  const line = new ProgressLine(process.stderr)
  const onNews = (news: OptimiseNews) => line.show(progressWords(news))
  const threads = taskThreads(
    engine,
    { own: markets, others },
    values.threads === undefined ? undefined : threadsFrom(values.threads),
  )
  const shaken = { markets, others: others.map(({ market }) => market), currency: quoteOf(markets[0].market) }
  const answer = await optimiseAndShake(threads, request, shaken, { onNews }).finally(() => {
    threads.close()
    line.end()
  })
  if (!answer.ok) throw refusedSearch(answer.problems, strategyFile)
  reportGaps(account)
  const { optimisation } = answer
  if (optimisation.refused.count > 0)
    report(`${optimisation.refused.count} combinations were left out: ${optimisation.refused.because}`)
  await (values.json ? printJson(optimiseAnswer(optimisation, variants)) : printText(wordsOf(optimisation, variants)))
}

type Values = ReturnType<typeof readWords<typeof options>>["values"]

async function readRequest(
  values: Values,
  strategyFile: string,
): Promise<{ request: OptimiseRequest; markets: MarketCandles[]; variants: RuleVariant[] }> {
  const params = paramValues(values.param ?? [])
  if (!values.candles) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  if (!values.vary && !values.without && !values.instead)
    throw new WrongUsage("--vary is needed, such as --vary length=5:30:1")
  const { strategy, account, period, markets: named } = await openTested(strategyFile, values)
  const vary = variedParams(values.vary ?? [], strategy)
  refuseVariedParams(params, vary)
  const markets = await openMarkets(values.candles, { named, toMs: period.toMs })
  const problems = runProblems({ strategy, markets, account, fromMs: period.fromMs })
  if (problems.length > 0) throw refusedBy(problems, strategyFile)
  const variants = variantsFrom(values, strategy)
  const strategies = variants.map((variant) => variant.strategy)
  return {
    markets,
    variants,
    request: {
      terms: { space: { variants: strategies, dimensions: dimensionsOf(vary) }, params, account },
      plan: planOf(values),
      history: historyOf(markets, period),
      holdOutPercent: numberOption("hold-out-percent", values["hold-out-percent"] ?? "20"),
      coinFlips: numberOption("coin-flips", values["coin-flips"] ?? "199"),
    },
  }
}

function planOf(values: Values): OptimiseRequest["plan"] {
  const drawdown = values["max-drawdown"]
  return {
    method: choiceOption("method", values.method ?? "grid", searchMethods),
    trials: numberOption("trials", values.trials ?? "200"),
    seed: numberOption("seed", values.seed ?? "1"),
    objectives: values.objective ?? ["sharpe"],
    minTrades: numberOption("min-trades", values["min-trades"] ?? "30"),
    ...(values.halving ? { halving: true } : {}),
    ...(drawdown === undefined ? {} : { maxDrawdownPercent: numberOption("max-drawdown", drawdown) }),
  }
}

/** The strategy as it is, and with every combination of the changes named. */
function variantsFrom({ without = [], instead = [] }: Values, strategy: StrategyDocument): RuleVariant[] {
  const choices: RuleChoice[] = [
    ...without.map((path) => ({ path, off: true as const })),
    ...instead.map((text) => {
      const at = text.indexOf("=")
      if (at < 1) throw new WrongUsage(`--instead takes PATH=FORMULA, not ${quoted(text)}`)
      return { path: text.slice(0, at), instead: [text.slice(at + 1)] }
    }),
  ]
  const made = variantsOf(strategy, choices)
  if (!made.ok) throw new HonestNo(`--without and --instead: ${made.problems[0].because}`, { problems: made.problems })
  for (const { inWords, because } of made.leftOut) report(`${inWords} is left out: ${because}`)
  return made.variants
}

const optionOf: Readonly<Record<string, string>> = {
  objective: "--objective",
  trials: "--trials",
  seed: "--seed",
  minTrades: "--min-trades",
  maxDrawdownPercent: "--max-drawdown",
  holdOutPercent: "--hold-out-percent",
  coinFlips: "--coin-flips",
  vary: "--vary",
  period: "--candles",
}

/** What is wrong is the fault of the option it belongs to, and of the strategy only where it is said of it. */
function refusedSearch(problems: StrategyProblem[], strategyFile: string): HonestNo {
  const [{ path, because }] = problems
  if (path.startsWith("vary."))
    return new HonestNo(`--vary ${plainText(path.slice("vary.".length), 200)}: ${because}`, { problems })
  if (path === "") return new HonestNo(because, { problems })
  const option = optionOf[path]
  return option === undefined ? refusedBy(problems, strategyFile) : new HonestNo(`${option}: ${because}`, { problems })
}
