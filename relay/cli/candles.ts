import { candlesCheck } from "./candles-check.ts"
import { candlesExport } from "./candles-export.ts"
import { candlesSynth } from "./candles-synth.ts"
import { WrongUsage, type Command } from "./command.ts"

const help = `candlewright candles check|import|export|synth …

Looks at candle files, cleans them, changes their timeframe, and makes markets up. Files are CSV, plain, .gz or .zip, with the header
open_time_ms,open,high,low,close,volume in this or many other spellings, or Binance's bulk rows without a header.

  candlewright candles check btc.csv              what is in a file, its gaps and whatever looks wrong, by line; --json for machines
  candlewright candles import 2024-01.zip 2024-02.zip --out btc.csv.gz
                                                  reads any files we understand, joins them, writes the plain form; refuses bad rows by line
  candlewright candles export btc-1m.csv.gz --timeframe 4h --from 2024-01-01 --to 2024-07-01 --out btc-4h.csv
                                                  puts short candles together to longer ones, and cuts out a period
  candlewright candles synth --seed 7 --candles 8760 --timeframe 1h --out demo.csv
                                                  a made-up market, the same for the same seed

Options
  check FILE    --json   { rows, fromMs, toMs, timeframe, gaps: [{ afterMs, missing }], problems: [{ row, what }] };
                         a row is the line of the file, header included, counted from 1; 0 speaks of the whole file
                --entry NAME   which file of a zip
  import FILE … --out FILE     - or nothing for stdout; .gz packs       --entry NAME
  export FILE … --out FILE  --timeframe 1d  --from TIME  --to TIME      times are UTC, such as 2024-01-31 or 2024-01-31T10:00Z
  synth         --out FILE  --seed 1  --candles 1000  --timeframe 1h  --start 2024-01-01  --price 100  --kind mixed|bull|bear|range`

const subcommands: Record<string, (words: string[]) => Promise<void>> = {
  check: candlesCheck,
  import: candlesExport,
  export: candlesExport,
  synth: candlesSynth,
}

/** `candlewright candles …` */
export const candlesCommand: Command = { summary: "look at candle files, clean them, make markets up", help, run }

async function run(words: string[]): Promise<void> {
  const [name = "", ...rest] = words
  if (!Object.hasOwn(subcommands, name)) throw new WrongUsage(`candles is followed by ${Object.keys(subcommands).join(", ")}${name === "" ? "" : `, not "${name}"`}`)
  await subcommands[name](rest)
}
