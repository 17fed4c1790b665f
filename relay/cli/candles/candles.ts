import { quoted } from "#engine/candles"
import type { Surroundings } from "../../surroundings.ts"
import { WrongUsage, type Command } from "../command.ts"

const help = `candlewright candles fetch|import|export|list|remove|check|synth …

Gets candles from exchanges and files, keeps them, looks at them, changes their timeframe, and makes markets up. Files are CSV, plain, .gz or
.zip, with the header open_time_ms,open,high,low,close,volume in this or many other spellings, or Binance's bulk rows without a header.

  candlewright candles fetch --venue binance --market BTC/USDT --timeframe 1h --from 2023-01-01
                                                  downloads what is missing and keeps it. Stop it, cut the power, lose the network: the same
                                                  command goes on where it was, and fetches nothing twice
  candlewright candles fetch --venue coinbase --market BTC/USD --timeframe 1d --from 2020-01-01 --out btc-1d.csv.gz
  candlewright candles import 2024-01.zip 2024-02.zip --market BTC/USDT
                                                  keeps the candles of files
  candlewright candles list                       what is kept
  candlewright candles export --market BTC/USDT --timeframe 4h --from 2024-01-01 --out btc-4h.csv
                                                  kept candles as a file, as they are or put together to longer ones
  candlewright candles remove --market BTC/USDT --timeframe 1h

  candlewright candles check btc.csv              what is in a file, its gaps and whatever looks wrong, by line; --json for machines
  candlewright candles import 2024-01.zip 2024-02.zip --out btc.csv.gz
                                                  without --market: joins files we understand, writes the plain form; refuses bad rows by line
  candlewright candles export btc-1m.csv.gz --timeframe 4h --from 2024-01-01 --to 2024-07-01 --out btc-4h.csv
  candlewright candles synth --seed 7 --candles 8760 --timeframe 1h --out demo.csv
                                                  a made-up market, the same for the same seed

Options
  fetch         --venue binance|bybit|coinbase|practice    practice is the exchange inside a relay that runs here, with made-up prices
                --market BTC/USDT  --timeframe 1h  --from TIME  --to TIME   times are UTC, such as 2024-01-31 or 2024-01-31T10:00Z
                --out FILE   also writes the period to a file      --json   the catalogue's figures
                --again      also asks for what is kept, and says which candles the exchange has changed
                --rest URL   another address that answers like the exchange, such as \`candlewright exchange\` prints
  import FILE … --market NAME  --venue file  --entry NAME  --anyway   even when the price jumps where they meet the kept ones
                --out FILE     - or nothing for stdout; .gz packs       --entry NAME
  export [FILE …] --out FILE  --timeframe 1d  --from TIME  --to TIME  --market NAME  --venue NAME
  list          --json
  remove        --market NAME  --timeframe 1h  --venue NAME
  check FILE    --json   { rows, fromMs, toMs, timeframe, gaps: [{ afterMs, missing }], problems: [{ row, what }] };
                         a row is the line of the file, header included, counted from 1; 0 speaks of the whole file
  of files      --entry NAME   which file of a zip        --symbol NAME   which market of a file that holds several
                --dates day-first|month-first   where 01/02/2024 leaves it open
                --zone -05:00|America/New_York  the clock of times that name none; UTC when left out
  synth         --out FILE  --seed 1  --candles 1000  --timeframe 1h  --start 2024-01-01  --price 100  --kind mixed|bull|bear|range

Candles are kept in candles.db in the data folder: ~/.candlewright unless --data FOLDER or CANDLEWRIGHT_DATA says otherwise.`

/** Each is read only when it is used: what fetches needs far more than what looks at a file. */
const subcommands: Record<string, () => Promise<Command["run"]>> = {
  fetch: async () => (await import("./candles-fetch.ts")).candlesFetch,
  import: async () => (await import("./candles-import.ts")).candlesImport,
  export: async () => (await import("./candles-export.ts")).candlesExport,
  list: async () => (await import("./candles-list.ts")).candlesList,
  remove: async () => (await import("./candles-remove.ts")).candlesRemove,
  check: async () => (await import("./candles-check.ts")).candlesCheck,
  synth: async () => (await import("./candles-synth.ts")).candlesSynth,
}

/** `candlewright candles …` */
export const candlesCommand: Command = {
  help,
  run,
}

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const [name = "", ...rest] = words
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(
      `candles is followed by ${Object.keys(subcommands).join(", ")}${name === "" ? "" : `, not ${quoted(name)}`}`,
    )
  const obey = await subcommands[name]()
  await obey(rest, surroundings)
}
