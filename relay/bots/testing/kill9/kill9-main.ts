import { parseArgs } from "node:util"
import { runRounds } from "./run-rounds.ts"

// Kills the built relay with kill -9 while its bots hold something. npm run kill9 -- --rounds 20 [--seed 1] [--keep]

const options = {
  rounds: { type: "string", default: "20" },
  seed: { type: "string", default: "1" },
  /** Keeps log and data even when nothing was wrong. */
  keep: { type: "boolean", default: false },
} as const
const { values } = parseArgs({ options })
const { faults, keptIn, ...run } = await runRounds(Number(values.rounds), values.seed, values.keep)
for (const fault of faults) console.log(`  ${fault}`)
if (keptIn !== undefined) console.log(`  Log and data are in ${keptIn}`)
console.log(
  [
    `seed ${run.seed}: ${run.rounds} rounds (${run.killedHolding} while holding), ${run.struck} requests struck`,
    `${run.orders} orders`,
    `${run.fills} fills`,
    `${run.doubles.length} doubles`,
    `${run.left.length} left`,
    `longest without a stop ${run.longestUnprotectedRealMs} ms`,
    `${faults.length} faults`,
  ].join(", "),
)
process.exitCode = faults.length === 0 ? 0 : 1
