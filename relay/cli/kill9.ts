import { type Kill9Outcome, runRounds } from "../bots/testing/kill9/run-rounds.ts"
import { type LanguageName, languages } from "../exchange/simulated/language.ts"
import { printJson, printText } from "./answer.ts"
import { choiceOption, countOption, HonestNo, noPositionals, readWords, type Command } from "./command.ts"

const options = {
  venue: { type: "string" },
  rounds: { type: "string" },
  seed: { type: "string" },
  keep: { type: "boolean" },
  json: { type: "boolean" },
} as const

const help = `candlewright kill9

Starts a relay and an exchange of its own, each in a process, kills the relay with kill -9 while its bots hold something, starts it
again, and judges by the exchange's own log. For those who work on Candlewright; it touches no data folder of yours.

  candlewright kill9 --rounds 20

  --venue bybit  whose protocol the exchange speaks: binance, bybit, coinbase; one after the other unless said otherwise
  --rounds 20    how often it is killed, at each
  --seed 1       decides the faults, and when it is killed
  --keep         keeps the log and the data even when nothing was wrong
  --json         { "rounds", "killedHolding", "orders", "fills", "doubles", "left", "longestUnprotectedRealMs", "faults", "venues": [ … ] }`

/** `candlewright kill9` */
export const kill9Command: Command = { help, run }

const MOST_ROUNDS = 10_000
const known = Object.keys(languages) as LanguageName[]

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const rounds = countOption("rounds", values.rounds ?? "20", MOST_ROUNDS)
  const venues = values.venue === undefined ? known : [choiceOption("venue", values.venue, known)]
  const outcomes: Kill9Outcome[] = []
  for (const venue of venues) {
    const outcome = await runRounds({ rounds, seed: values.seed ?? "1", venue, keep: values.keep })
    outcomes.push(outcome)
    if (!values.json) await printText(inWords(outcome))
  }
  const all = together(outcomes)
  if (values.json && all.faults.length === 0) return printJson(all)
  if (all.faults.length > 0) throw new HonestNo(all.faults.join("\n"), all)
}

/** What all of them say as one, and each. */
function together(venues: Kill9Outcome[]) {
  const sum = (read: (one: Kill9Outcome) => number) => venues.reduce((total, one) => total + read(one), 0)
  return {
    rounds: sum(({ rounds }) => rounds),
    killedHolding: sum(({ killedHolding }) => killedHolding),
    orders: sum(({ orders }) => orders),
    fills: sum(({ fills }) => fills),
    doubles: venues.flatMap(({ doubles }) => doubles),
    left: venues.flatMap(({ left }) => left),
    longestUnprotectedRealMs: Math.max(...venues.map(({ longestUnprotectedRealMs }) => longestUnprotectedRealMs)),
    faults: venues.flatMap(({ venue, faults }) => faults.map((fault) => `${venue}: ${fault}`)),
    venues,
  }
}

function inWords({ keptIn, ...run }: Kill9Outcome): string {
  const parts = [
    `${run.venue}, seed ${run.seed}: ${run.rounds} rounds (${run.killedHolding} while holding), ${run.struck} requests struck`,
    `${run.orders} orders`,
    `${run.fills} fills`,
    `${run.doubles.length} doubles`,
    `${run.left.length} left`,
    `longest without a stop ${run.longestUnprotectedRealMs} ms (${run.longestBaredRealMs} ms with the relay away)`,
    `${run.faults.length} faults`,
  ]
  return `${keptIn === undefined ? "" : `Log and data are in ${keptIn}\n`}${parts.join(", ")}\n`
}
