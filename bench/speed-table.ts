/** What `candlewright bench` measured, by name, and on what machine (bench/results.json). */
export type BenchResults = {
  machine: {
    processor: string
    cores: number
    memoryGigabytes: number
    node: string
    platform: string
    loadAverage: number
  }
} & Record<string, unknown>

type Row = { task: string; figure: string; unit: string; target: string }

const rows: Row[] = [
  {
    task: "One backtest, a year of minutes, SMA cross, every metric: against a fused loop by hand",
    figure: "crossRatio",
    unit: "×",
    target: "≤ 0.5 ×",
  },
  {
    task: "The same with RSI entries, stop, target and trailing stop",
    figure: "stopsRatio",
    unit: "×",
    target: "≤ 0.25 ×",
  },
  { task: "Four times the candles take so many times as long", figure: "growth500kTo2M", unit: "×", target: "≤ 4.5 ×" },
  {
    task: "Sweep of 1,000 pairs over 100,000 candles, per candle and pair",
    figure: "sweepNanosecondsPerCandleCombination",
    unit: "ns",
    target: "≤ 0.8 ns",
  },
  {
    task: "Against a loop written by hand for that sweep",
    figure: "sweepRatioToFused",
    unit: "×",
    target: "≤ 0.075 ×",
  },
  {
    task: "The same with a 3 % stop and a 4 % trailing stop armed at 2 %",
    figure: "sweepStopsNanosecondsPerCandleCombination",
    unit: "ns",
    target: "≤ 1.0 ns",
  },
  {
    task: "Against a loop written by hand for the sweep with stops",
    figure: "sweepStopsRatioToFused",
    unit: "×",
    target: "≤ 0.1 ×",
  },
  {
    task: "The same with a tight stop, two targets, trailing, ROI and a time stop",
    figure: "sweepFullNanosecondsPerCandleCombination",
    unit: "ns",
    target: "≤ 1.5 ns",
  },
  {
    task: "All time of the sweep with stops, counted to its trades",
    figure: "sweepNanosecondsPerTrade",
    unit: "ns",
    target: "≤ 130 ns",
  },
  {
    task: "A combination before its first candle, together with others",
    figure: "sweepFixedMicrosecondsTogether",
    unit: "µs",
    target: "≤ 5 µs",
  },
  { task: "The same alone", figure: "sweepFixedMicrosecondsAlone", unit: "µs", target: "≤ 150 µs" },
  {
    task: "The sweep with stops against one backtest after the other",
    figure: "sweepGainOverAlone",
    unit: "×",
    target: "≥ 18 ×",
  },
  { task: "The sweep on two workers against one", figure: "sweepSpeedupTwoWorkers", unit: "×", target: "≥ 1.85 ×" },
  {
    task: "A search of 100,000 combinations with a stop over a year of hours on all processors, in a second",
    figure: "optimiseCombinationsPerSecond",
    unit: "combinations",
    target: "—",
  },
  {
    task: "What the program's memory grows by meanwhile, with one worker",
    figure: "optimiseMemoryMb",
    unit: "MB",
    target: "≤ 50 MB",
  },
  {
    task: "All lights of a result over a year of hours, processor time",
    figure: "lightsMilliseconds",
    unit: "ms",
    target: "≤ 2,000 ms",
  },
  {
    task: "Other pasts of a market of a year of hours, made and run in a second by one processor",
    figure: "monteCarloRunsPerSecond",
    unit: "runs",
    target: "—",
  },
  {
    task: "Eight indicators over 1,000,000 candles against a fused loop by hand",
    figure: "eightIndicatorsRatioToFusedLoop",
    unit: "×",
    target: "≤ 0.4 ×",
  },
  {
    task: "The same, processor time (TA-Lib in C, elsewhere: 60 ms)",
    figure: "eightIndicatorsMilliseconds",
    unit: "ms",
    target: "≤ 90 ms",
  },
  { task: "One live candle through a whole bot", figure: "liveCandleMicroseconds", unit: "µs", target: "≤ 5 µs" },
  {
    task: "A bot's state taken and put into another",
    figure: "snapshotRestoreMilliseconds",
    unit: "ms",
    target: "≤ 1 ms",
  },
  {
    task: "20 markets × a year of minutes under one account, processor time",
    figure: "portfolio20MarketsSeconds",
    unit: "s",
    target: "< 0.5 s",
  },
  { task: "The engine's memory for them", figure: "portfolio20MarketsMegabytes", unit: "MB", target: "< 1,000 MB" },
  {
    task: "The cross written in code against a fused loop by hand",
    figure: "codeRatioToFused",
    unit: "×",
    target: "≤ 4 ×",
  },
  { task: "The cross written in code against the same rules", figure: "codeRatioToRules", unit: "×", target: "≤ 3 ×" },
  {
    task: "That code with its fuel counted against without",
    figure: "fuelMeteringRatio",
    unit: "×",
    target: "≤ 1.05 ×",
  },
  { task: "A CSV file of 525,600 rows read and checked", figure: "csvImportSeconds", unit: "s", target: "≤ 2 s" },
]

/** The README's speed table: every target beside its measurement. Throws where a figure is missing. */
export function speedTable(results: BenchResults): string {
  const lines = rows.map((row) => `| ${row.task} | ${measured(results, row)} | ${row.target} |`)
  return ["| Task | Measured | Target |", "|---|--:|--:|", ...lines, "", machineLine(results.machine)].join("\n")
}

function measured(results: BenchResults, { figure, unit }: Row): string {
  const value = results[figure]
  if (typeof value !== "number")
    throw new Error(`bench/results.json has no ${figure}; run \`npx candlewright bench --write bench/results.json\`.`)
  return `${Number(value.toPrecision(3))} ${unit}`
}

function machineLine({
  processor,
  cores,
  memoryGigabytes,
  node,
  platform,
  loadAverage,
}: BenchResults["machine"]): string {
  return `Measured on ${processor}, ${cores} cores, ${memoryGigabytes} GB, Node ${node}, ${platform}; load average ${loadAverage.toFixed(1)} at the end. Where that is above 1 other work ran beside it: two workers, file reading and growth look worse than they are.`
}

const BEGIN = "<!-- bench -->"
const END = "<!-- /bench -->"

/** The text with the table between its two markers. Throws when they are not there. */
export function withSpeedTable(text: string, table: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`The text has no ${BEGIN} … ${END}.`)
  return `${text.slice(0, from + BEGIN.length)}\n${table}\n${text.slice(to)}`
}
