#!/usr/bin/env node
import { quoted } from "#engine/candles"
import { backtestCommand } from "./backtest.ts"
import { benchCommand } from "./bench.ts"
import { candlesCommand } from "./candles/candles.ts"
import { checkCommand } from "./check.ts"
import { convertCommand } from "./convert.ts"
import { ideaCommand } from "./idea.ts"
import { translateCommand } from "./translate.ts"
import { WrongUsage } from "./command.ts"
import { diskFailure } from "../store/disk-failure.ts"
import { exchangeCommand } from "./exchange.ts"
import { endOnSignals } from "./interrupt.ts"
import { installedVersion } from "./installation.ts"
import { printText, report } from "./answer.ts"
import { type Commands, exitCodeOf, printMistake } from "./obey.ts"
import { accountsCommand } from "./owner/accounts.ts"
import { auditCommand } from "./owner/audit.ts"
import { backupCommand } from "./owner/backup.ts"
import { botsCommand } from "./owner/bots.ts"
import { ordersCommand } from "./owner/orders.ts"
import { killCommand } from "./owner/kill.ts"
import { pairCommand } from "./owner/pair.ts"
import { reconcileCommand } from "./owner/reconcile.ts"
import { restoreCommand } from "./owner/restore.ts"
import { tokensCommand } from "./owner/tokens.ts"
import { reportCommand } from "./report.ts"
import { seriesCommand } from "./series.ts"
import { serveCommand } from "./serve.ts"
import { realSurroundings, type Surroundings } from "../surroundings.ts"
import { sweepCommand } from "./sweep.ts"

const commands: Commands = {
  backtest: backtestCommand,
  report: reportCommand,
  sweep: sweepCommand,
  series: seriesCommand,
  check: checkCommand,
  convert: convertCommand,
  translate: translateCommand,
  idea: ideaCommand,
  candles: candlesCommand,
  serve: serveCommand,
  pair: pairCommand,
  tokens: tokensCommand,
  accounts: accountsCommand,
  bots: botsCommand,
  orders: ordersCommand,
  reconcile: reconcileCommand,
  kill: killCommand,
  audit: auditCommand,
  backup: backupCommand,
  restore: restoreCommand,
  exchange: exchangeCommand,
  bench: benchCommand,
}

process.stdout.on("error", leaveWhenNobodyReads)
// When even stderr fails, nothing is left to try.
process.stderr.on("error", () => process.exit(1))
process.on("uncaughtException", leaveAfterMistake)
process.on("unhandledRejection", leaveAfterMistake)
endOnSignals()
const words = process.argv.slice(2)
process.exitCode = await exitCodeOf(words, commands, () => obey(words, realSurroundings()))

async function obey([name, ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (name === "--version" || name === "-v") return printText(`${await installedVersion()}\n`)
  if (name === "--help" || name === "-h" || name === "help") return printText(helpFor(words[0]))
  if (name === undefined) throw new WrongUsage("a command is needed")
  if (!Object.hasOwn(commands, name)) throw new WrongUsage(`there is no command ${quoted(name)}`)
  if (words.includes("--help") || words.includes("-h")) return printText(helpFor(name))
  await commands[name].run(words, surroundings)
}

function helpFor(name: string | undefined): string {
  if (name !== undefined && Object.hasOwn(commands, name)) return `${commands[name].help}\n`
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
