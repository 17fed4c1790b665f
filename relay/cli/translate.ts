import { translateStrategy } from "#engine/strategy"
import { printJson, printText } from "./answer.ts"
import { reportLinesNotTaken, reportNotTaken } from "./not-taken.ts"
import { HonestNo, onePositional, readWords, type Command } from "./command.ts"
import { readTextFile } from "./file-input.ts"

const options = { json: { type: "boolean" } } as const

const help = `candlewright translate FILE

Reads a TradingView strategy (Pine v4 to v6) or a freqtrade strategy class (Python) and prints it as a strategy
document, with every line that is not in it.

  candlewright translate dip.pine > dip.json
  candlewright translate Bands.py --json

  --json    { document, notUnderstood, leftOut, noStop }, each line with its number and why`

/** `candlewright translate` */
export const translateCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("script file", positionals)
  const translation = translateStrategy(await readTextFile(file))
  const { notUnderstood, leftOut } = translation
  if (!translation.ok) {
    if (!values.json) reportLinesNotTaken(translation)
    throw new HonestNo(translation.because, { notUnderstood, leftOut })
  }
  if (values.json)
    return printJson({ document: translation.document, notUnderstood, leftOut, noStop: translation.noStop })
  reportNotTaken(translation)
  await printText(JSON.stringify(translation.document, null, 2))
}
