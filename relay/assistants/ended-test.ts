import { quoted } from "#engine/candles"
import type { AskedRun } from "../jobs/job.ts"
import { sleep } from "../surroundings.ts"
import { NotDone, type Workbench } from "./workbench.ts"

/** Assistants give up on an answer after a minute. */
const LONGEST_WAIT_MS = 45_000
const LOOK_EVERY_MS = 100

/** What a test was asked to do. */
export async function testOf({ jobs }: Workbench, run: string): Promise<AskedRun> {
  const asked = await jobs.asked(run)
  if (asked === undefined) throw noSuch(run)
  return asked.run
}

/** The result of a test, once it is there; throws in words where it failed or takes longer. */
export async function resultOf<Result>(bench: Workbench, run: string, signal: AbortSignal): Promise<Result> {
  for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    signal.throwIfAborted()
    const found = await bench.jobs.find(run)
    if (found === undefined) throw noSuch(run)
    const { view, result } = found
    if (view.status === "done" && result !== null) return JSON.parse(result) as Result
    if (view.status === "failed" || view.status === "cancelled")
      throw new NotDone(`The test ${view.status === "failed" ? `failed: ${view.error}` : "was stopped"}.`)
    await sleep(bench.surroundings, LOOK_EVERY_MS)
  }
  throw new NotDone(`The test ${run} still runs. Ask explain_result for it in a minute.`)
}

function noSuch(run: string): NotDone {
  return new NotDone(`There is no test ${quoted(run)}. Tests are kept for a week, the last fifty of them.`)
}
