import { findPlanted, type PlantedOutcome, runSeeds, type SeedsOutcome } from "../bots/simulation/run-seeds.ts"
import { storyVenues } from "../bots/simulation/story-venue.ts"
import { printJson, printText } from "./answer.ts"
import { choiceOption, countOption, HonestNo, noPositionals, readWords, type Command } from "./command.ts"

const options = {
  seeds: { type: "string" },
  from: { type: "string" },
  venue: { type: "string" },
  tell: { type: "boolean" },
  hash: { type: "boolean" },
  planted: { type: "boolean" },
  only: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright simulate

Lives bots through hours of faults, crashes and cut connections in virtual time, and judges them by the exchange's own log.
For those who work on Candlewright; it touches no data folder and needs no network.

  candlewright simulate --seeds 1000 --from 1
  candlewright simulate --seeds 1 --from 58 --tell    one story again, with all that happened in it
  candlewright simulate --seeds 500 --planted         relays with mistakes put into them: each must be found out

  --seeds 100    how many stories; the same seed is the same story
  --from 1       the first
  --venue NAME   all of them at one venue: binance, bybit or coinbase; each seed has its own by default
  --hash         prints what each story came to as a hash, the same on every machine
  --only WORDS   of the planted mistakes, those with these words
  --json         { "seeds", "from", "venues", "failed", "marks", "missed", "perMinute", "lives", "orders", "effects", "longestUnprotectedMs" }`

/** `candlewright simulate` */
export const simulateCommand: Command = { help, run }

const MOST_SEEDS = 1_000_000

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const wanted = {
    seeds: countOption("seeds", values.seeds ?? "100", MOST_SEEDS),
    from: countOption("from", values.from ?? "1", Number.MAX_SAFE_INTEGER - MOST_SEEDS),
    venue: values.venue === undefined ? undefined : choiceOption("venue", values.venue, storyVenues),
  }
  if (values.planted) return tellPlanted(await findPlanted(wanted, values.only ?? ""), values.json)
  const outcome = await runSeeds(wanted, (seed, { told, hash }) => {
    if (values.tell) process.stderr.write(`${told}\n`)
    if (values.hash) process.stderr.write(`${seed} ${hash}\n`)
  })
  const faults = [
    ...outcome.failed.map(({ seed, venue, problems }) => `seed ${seed} at ${venue}: ${problems.join("; ")}`),
    ...outcome.missed.map((name) => `${name}: never reached`),
  ]
  if (values.json && faults.length === 0) return printJson(outcome)
  if (!values.json) await printText(inWords(outcome))
  if (faults.length > 0) throw new HonestNo(faults.join("\n"), outcome)
}

function inWords({ seeds, failed, marks, perMinute, lives, orders, effects, longestUnprotectedMs }: SeedsOutcome) {
  const counted = Object.entries(marks).map(([name, hits]) => `${String(hits).padStart(8)}  ${name}\n`)
  return `${counted.join("")}${seeds} seeds, ${failed.length} failed, ${perMinute} a minute; ${lives} lives, ${orders} orders, ${effects} effects.
Longest time without a stop: ${longestUnprotectedMs / 1_000} s.
`
}

async function tellPlanted(found: readonly PlantedOutcome[], isJson: boolean | undefined): Promise<void> {
  const missed = found.filter(({ problem }) => problem === null)
  if (isJson && missed.length === 0) return printJson({ items: found, next: null })
  const lines = found.map(({ bug, foundAfter, problem }) =>
    problem === null ? `${bug}: NOT FOUND\n` : `${bug}: after ${foundAfter}: ${problem.slice(0, LONGEST_PROBLEM)}\n`,
  )
  if (!isJson) await printText(lines.join(""))
  if (missed.length > 0) throw new HonestNo(`${missed.length} planted mistakes were not found out.`, { items: found })
}

const LONGEST_PROBLEM = 200
