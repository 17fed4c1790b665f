import * as z from "zod"
import { calendarTimeMs, isoTime, quoted } from "#engine/candles"
import { metricDefinitions, metricsFromJson, resultWords, type RunJson } from "#engine/result"
import { sweepFigures } from "#engine/run"
import { toolWords } from "#models"
import type { EntriesTold } from "../jobs/job-look.ts"
import type { JobOutcome } from "../jobs/job.ts"
import type { WantedRun } from "../jobs/job-request.ts"
import { runInput, testInput, tool } from "./assistant-tool.ts"
import { resultOf, testOf } from "./ended-test.ts"
import { NotDone, type Workbench } from "./workbench.ts"

const SHOWN_TRADES = 10
const SHOWN_ROWS = 20
const value = z.union([z.number(), z.boolean()])

/** Testing strategies, and looking into tests. */
export const testTools = {
  backtest: tool({
    description:
      "Tests a strategy on candles, with fees and slippage, and answers its figures in words, with the test's id. A test that takes long goes on: ask explain_result for it.",
    input: testInput,
    run: async (bench, given, signal) => toldTest(bench, await bench.jobs.backtest(wantedRun(given)), signal),
  }),
  sweep: tool({
    description: "Tests a strategy with many values of its params, the best first. The best of many is partly luck.",
    input: {
      ...testInput,
      vary: z
        .record(
          z.string().max(100),
          z.union([
            z.array(value).min(1).max(200),
            z.strictObject({ from: z.number(), to: z.number(), step: z.number().optional() }),
          ]),
        )
        .describe("Params and their values: a list, or from, to and step."),
      rank: z.enum(sweepFigures).default("sharpe"),
    },
    run: async (bench, { vary, rank, ...given }, signal) => {
      const run = await bench.jobs.optimise({ ...wantedRun(given), vary, rank, mostRows: SHOWN_ROWS })
      return { run, ...(await resultOf<object>(bench, run, signal)) }
    },
  }),
  explain_result: tool({
    description: toolWords.explain_result,
    input: { run: runInput },
    run: (bench, { run }, signal) => toldTest(bench, run, signal),
  }),
  explain_candle: tool({
    description: toolWords.explain_candle,
    input: { run: runInput, market: z.string().max(40).optional(), time: z.string().max(40) },
    run: async (bench, { run, market, time }) => {
      const asked = await testOf(bench, run)
      const atMs = momentMs("time", time)
      return lookedAt(await bench.jobs.look(run, { market: market ?? asked.markets[0], atMs }))
    },
  }),
  compare_runs: tool({
    description: toolWords.compare_runs,
    input: { first: runInput, second: runInput },
    run: async (bench, { first, second }, signal) => {
      const [one, other] = await Promise.all([first, second].map((run) => resultOf<RunJson>(bench, run, signal)))
      const figures = metricDefinitions.map(
        ({ key, label }) => [label, [one.metrics[key], other.metrics[key]]] as const,
      )
      return {
        runs: [first, second],
        sameCandles: one.data === other.data,
        sameStrategy: one.strategy === other.strategy,
        ...(one.data === other.data ? {} : { careful: "They ran on other candles: compare them with care." }),
        figures: Object.fromEntries(figures.filter(([, [a, b]]) => a !== null || b !== null)),
      }
    },
  }),
}

async function toldTest(bench: Workbench, run: string, signal: AbortSignal) {
  const { venue, markets, fromMs, toMs } = await testOf(bench, run)
  const result = await resultOf<RunJson>(bench, run, signal)
  if (!("trades" in result)) return { run, ...(result as object) }
  const { about, setup, curve, trades, metrics } = result
  const words = resultWords({
    metrics: metricsFromJson(metrics),
    cash: setup!.account.cash,
    currency: about!.currency,
    holdingFinal: curve?.holding.at(-1),
    perExitReason: about!.tables.perExitReason,
  })
  return {
    run,
    tested: `${markets.join(", ")} at ${venue}, ${isoTime(fromMs)} to ${isoTime(toMs)}`,
    ...(venue === "practice" && { careful: "These prices are made up: they say nothing about a real market." }),
    words,
    rules: about!.plan,
    lights: about!.lights,
    ...(trades.length === 0 && { neverHeld: await neverHeld(bench, run, markets[0]) }),
    metrics: Object.fromEntries(Object.entries(metrics).filter(([, figure]) => figure !== null)),
    tradeCount: trades.length,
    lastTrades: trades.slice(-SHOWN_TRADES),
  }
}

/** The conditions that no candle of a test met. */
async function neverHeld(bench: Workbench, run: string, market: string): Promise<string[]> {
  const { sides } = lookedAt(await bench.jobs.look(run, { market })) as EntriesTold
  return sides.flatMap(({ conditions }) =>
    conditions.filter(({ metCount }) => metCount === 0).map(({ formula }) => formula),
  )
}

function lookedAt(outcome: JobOutcome | undefined): unknown {
  if (outcome !== undefined && "result" in outcome) return JSON.parse(outcome.result)
  throw new NotDone(`${outcome?.error ?? "There is no such test"}.`)
}

type Given = z.infer<z.ZodObject<typeof testInput>>

function wantedRun({ from, to, cash, feePercent, slippagePercent, ...rest }: Given): WantedRun {
  const settings = Object.fromEntries(
    Object.entries({ cash, feePercent, slippagePercent }).filter(([, amount]) => amount !== undefined),
  )
  const fromMs = from === undefined ? undefined : momentMs("from", from)
  const toMs = to === undefined ? undefined : momentMs("to", to)
  return { ...rest, fromMs, toMs, settings }
}

function momentMs(name: string, text: string): number {
  const timeMs = calendarTimeMs(text.trim())
  if (timeMs >= 0 && timeMs <= LAST_MS) return timeMs
  throw new NotDone(`${name} is a time such as 2026-01-31 or 2026-01-31T10:00Z, not ${quoted(text)}.`)
}

/** The last moment a Date knows. */
const LAST_MS = 8.64e15
