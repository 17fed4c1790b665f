import { csvTextCell } from "#engine/candles"
import { series } from "#engine/run"
import { printJson, printText } from "./answer.ts"
import { openCandles } from "./candles/candle-input.ts"
import { neededOption, noPositionals, readWords, candleTimeframeOption, WrongUsage, type Command } from "./command.ts"
import { installedEngine } from "./installation.ts"
import { refusedBy } from "./strategy-input.ts"

const options = {
  candles: { type: "string" },
  formula: { type: "string", multiple: true },
  timeframe: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright series --candles FILE --formula "…" […]

Computes formulas over candles, with the engine that backtests and bots use.

  candlewright series --candles btc-1h.csv.gz --formula "rsi(close, 14)" --json
  candlewright series --candles btc-1m.csv.gz --timeframe 4h --formula "macd(close).histogram" --formula "close > ema(close, 200) @ 1d"

  --candles FILE      CSV, plain, .gz or .zip
  --formula "…"       once for each formula
  --timeframe 1h      compute on candles of this length, put together from the file's; the file's own when left out
  --json              { "timeMs": […], "series": { "the formula": [ … null while not ready ] } }; CSV otherwise`

/** `candlewright series` */
export const seriesCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const file = neededOption("candles", values.candles)
  const formulas = values.formula ?? []
  if (formulas.length === 0) throw new WrongUsage('--formula is needed, such as --formula "rsi(close, 14)"')
  const timeframe = candleTimeframeOption(values.timeframe)
  const answer = await series(await installedEngine(), { candles: await openCandles(file), formulas, timeframe })
  if (!answer.ok) throw refusedBy(answer.problems, "formula")
  if (values.json) await printJson({ timeMs: Array.from(answer.openTimeMs), series: plainArrays(answer.series) })
  else await printText(csvOf(answer))
}

function plainArrays(columns: Record<string, Float64Array>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, Array.from(column)]))
}

function csvOf({
  openTimeMs,
  series: columns,
}: {
  openTimeMs: Float64Array
  series: Record<string, Float64Array>
}): string {
  const names = Object.keys(columns)
  const header = ["open_time_ms", ...names.map(csvTextCell)].join(",")
  const cell = (value: number) => (Number.isNaN(value) ? "" : String(value))
  const rows = Array.from(openTimeMs, (time, index) =>
    [time, ...names.map((name) => cell(columns[name][index]))].join(","),
  )
  return `${[header, ...rows].join("\n")}\n`
}
