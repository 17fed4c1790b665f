import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import type { Parity } from "../parity.ts"
import type { GateLine } from "./gate-line.ts"
import { type PaperRun, paperLines } from "./paper-lines.ts"

const unmet = (lines: readonly GateLine[]) => lines.filter(({ isMet }) => !isMet).map(({ line }) => line)
const parity: Parity = {
  identicalDecisions: true,
  isRepeatable: true,
  differences: [],
  trades: { live: 20, backtest: 20 },
  candles: 9,
  backtestEquity: [],
}
const run: PaperRun = { name: "Minutes", lastedMs: DAY_MS, trades: 20, parity }

/** A run with made-up money, and which of its lines are not met. */
const runs: [what: string, run: PaperRun, unmet: string[]][] = [
  ["twenty trades in a day", run, []],
  ["nineteen trades in six days", { ...run, lastedMs: 6 * DAY_MS, trades: 19 }, ["paper"]],
  [
    "a run that comes to something else when it is repeated",
    { ...run, parity: { ...parity, isRepeatable: false } },
    ["parity"],
  ],
  ["a run that cannot be repeated yet", { ...run, parity: undefined }, ["parity"]],
]

test.each(runs)("%s leave the right lines open", (_, tried, open) => {
  expect(unmet(paperLines(tried, undefined))).toEqual(open)
})

test("who goes without paper still needs a run that is there to be repeatable", () => {
  expect(unmet(paperLines({ ...run, trades: 1, parity: { ...parity, isRepeatable: false } }, "without paper"))).toEqual(
    ["parity"],
  )
})
