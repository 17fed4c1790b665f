#!/usr/bin/env node
import { quoted } from "#engine/candles"
import { WrongUsage } from "./command.ts"
import { diskFailure } from "../store/disk-failure.ts"
import { endOnSignals } from "./interrupt.ts"
import { ownVersion } from "../own-version.ts"
import { printText, report } from "./answer.ts"
import { commands } from "./commands.ts"
import { exitCodeOf, printMistake } from "./obey.ts"
import { realSurroundings, type Surroundings } from "../surroundings.ts"

process.stdout.on("error", leaveWhenNobodyReads)
// When even stderr fails, nothing is left to try.
process.stderr.on("error", () => process.exit(1))
process.on("uncaughtException", leaveAfterMistake)
process.on("unhandledRejection", leaveAfterMistake)
endOnSignals()
const words = process.argv.slice(2)
process.exitCode = await exitCodeOf(words, Object.keys(commands), () => obey(words, realSurroundings()))

async function obey([name, ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (name === "--version" || name === "-v") return printText(`${ownVersion()}\n`)
  if (name === "--help" || name === "-h" || name === "help") return printText(await helpFor(words[0]))
  if (name === undefined) throw new WrongUsage("a command is needed")
  if (!Object.hasOwn(commands, name)) throw new WrongUsage(`there is no command ${quoted(name)}`)
  if (words.includes("--help") || words.includes("-h")) return printText(await helpFor(name))
  await (await commands[name].open()).run(words, surroundings)
}

async function helpFor(name: string | undefined): Promise<string> {
  if (name !== undefined && Object.hasOwn(commands, name)) return `${(await commands[name].open()).help}\n`
  const list = Object.entries(commands).map(([each, { summary }]) => `  ${each.padEnd(10)} ${summary}\n`)
  return `candlewright turns an idea into a trading bot you understand.

${list.join("")}
  candlewright serve                       open the app in your browser: the usual way to use it
  candlewright COMMAND --help              what a command does, by examples
  candlewright --version

Answers go to stdout (--json for machines), progress and errors to stderr.
Exit code 0: done. 1: an honest no, such as bad input. 2: the words were not understood. 3: a mistake of ours.
`
}

// `candlewright candles synth | head` closes our end of the pipe as soon as head has enough.
function leaveWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0)
  report(diskFailure(error, "the answer") ?? `The answer cannot be written: ${quoted(error.message, 200)}.`)
  process.exit(1)
}

function leaveAfterMistake(error: unknown): void {
  process.exit(printMistake(error))
}
