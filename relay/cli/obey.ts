import { plainText } from "#engine/candles"
import { diskFailure } from "../store/disk-failure.ts"
import { printJson, report } from "./answer.ts"
import { HonestNo, WrongUsage } from "./command.ts"

/** Obeys words and answers the program's exit code: 0 done, 1 an honest no, 2 not understood, 3 a mistake of ours. */
export async function exitCodeOf(
  words: string[],
  names: readonly string[],
  obey: () => Promise<void>,
): Promise<number> {
  try {
    await obey()
    return 0
  } catch (error) {
    if (error instanceof WrongUsage) return printUsage(error, words, names)
    if (error instanceof HonestNo) return printRefusal(error, words)
    const because = diskFailure(error, (error as NodeJS.ErrnoException).path ?? "the answer")
    return because === undefined ? printMistake(error) : printRefusal(new HonestNo(because), words)
  }
}

/** An unforeseen error is our bug, and a stack trace would not help the user. */
export function printMistake(error: unknown): number {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  report(
    `Candlewright made a mistake and stopped (${plainText(what, 200)}). Your files are as they were; please report it, with the command you gave.`,
  )
  if (process.env.CANDLEWRIGHT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return 3
}

async function printUsage(error: WrongUsage, words: string[], names: readonly string[]): Promise<number> {
  const [name = ""] = words
  const command = names.includes(name) ? ` ${name}` : ""
  report(`candlewright${command}: ${error.message}.\nTry: candlewright${command} --help`)
  if (words.includes("--json")) await printJson({ error: error.message })
  return 2
}

async function printRefusal(error: HonestNo, words: string[]): Promise<number> {
  report(error.message)
  if (words.includes("--json")) await printJson({ error: error.message, ...error.details })
  return 1
}
