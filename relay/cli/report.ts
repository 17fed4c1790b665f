import { plainText } from "#engine/candles"
import { notAsMade, reportHtml, runFromJson, tradesCsv } from "#engine/result"
import { printJson, printText, report } from "./answer.ts"
import { HonestNo, neededOption, onePositional, readWords, type Command } from "./command.ts"
import { readTextFile, runText } from "./file-input.ts"
import { writeTextFile } from "./file-output.ts"

const options = {
  out: { type: "string" },
  trades: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright report RUN.json --out report.html

Makes a run into one HTML file that stands alone: it opens from a disk without a network, and prints on A4.

  candlewright backtest --strategy dip.json --candles BTC/USDT=btc.csv --json > run.json
  candlewright report run.json --out report.html
  candlewright report run.json --out report.html --trades trades.csv

  --out FILE.html      where the report goes; a name that ends in .gz is packed
  --trades FILE.csv    write the trades too, for a spreadsheet
  --json               say what was made as JSON on stdout`

/** `candlewright report` */
export const reportCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const out = neededOption("out", values.out)
  const file = onePositional("run file", positionals)
  const read = runFromJson(await readTextFile(file, runText))
  if (!read.ok) throw new HonestNo(`${plainText(file, 200)}: ${read.because}`, { file })
  const changed = await notAsMade(read.run)
  if (changed !== undefined) throw new HonestNo(`${plainText(file, 200)}: ${changed}`, { file })
  await writeTextFile(out, await reportHtml(read.run))
  if (values.trades !== undefined) await writeTextFile(values.trades, tradesCsv(read.run.trades))
  if (!read.run.about)
    report("This run holds its figures only: the report shows the money after each trade, and no months.")
  const made = { report: out, ...(values.trades !== undefined && { trades: values.trades }) }
  await (values.json ? printJson(made) : printText(`Written: ${Object.values(made).join(", ")}\n`))
}
