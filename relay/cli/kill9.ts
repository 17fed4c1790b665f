import { type Kill9Outcome, runRounds } from "../bots/testing/kill9/run-rounds.ts"
import { printJson, printText } from "./answer.ts"
import { countOption, HonestNo, noPositionals, readWords, type Command } from "./command.ts"

const options = {
  rounds: { type: "string" },
  seed: { type: "string" },
  keep: { type: "boolean" },
  json: { type: "boolean" },
} as const

const help = `candlewright kill9

Starts a relay and an exchange of its own, each in a process, kills the relay with kill -9 while its bots hold something, starts it
again, and judges by the exchange's own log. For those who work on Candlewright; it touches no data folder of yours.

  candlewright kill9 --rounds 20

  --rounds 20    how often it is killed
  --seed 1       decides the faults, and when it is killed
  --keep         keeps the log and the data even when nothing was wrong
  --json         { "rounds", "killedHolding", "orders", "fills", "doubles", "left", "longestUnprotectedRealMs", "faults", … }`

/** `candlewright kill9` */
export const kill9Command: Command = { help, run }

const MOST_ROUNDS = 10_000

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const rounds = countOption("rounds", values.rounds ?? "20", MOST_ROUNDS)
  const outcome = await runRounds(rounds, values.seed ?? "1", values.keep)
  const { faults } = outcome
  if (values.json && faults.length === 0) return printJson(outcome)
  if (!values.json) await printText(inWords(outcome))
  if (faults.length > 0) throw new HonestNo(faults.join("\n"), outcome)
}

function inWords({ keptIn, ...run }: Kill9Outcome): string {
  const parts = [
    `seed ${run.seed}: ${run.rounds} rounds (${run.killedHolding} while holding), ${run.struck} requests struck`,
    `${run.orders} orders`,
    `${run.fills} fills`,
    `${run.doubles.length} doubles`,
    `${run.left.length} left`,
    `longest without a stop ${run.longestUnprotectedRealMs} ms`,
    `${run.faults.length} faults`,
  ]
  return `${keptIn === undefined ? "" : `Log and data are in ${keptIn}\n`}${parts.join(", ")}\n`
}
