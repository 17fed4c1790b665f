import { problemInWords, type WrittenStrategy } from "#engine/strategy"
import type { ChatThread, RunFocus } from "../../db/chat-thread.ts"
import type { ChatTurn } from "../../db/chat-turn.ts"
import { findMarket } from "../../db/market-catalogue.ts"
import { sampleMarket } from "../../db/sample-market.ts"
import { findRuns } from "../../db/saved-run.ts"
import type { RunReport } from "../../run/run-report.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import { jobOf } from "../../run/setup-job.ts"
import { answerTo } from "../../run/use-run.ts"
import { parseSearch } from "../../search-text.ts"
import type { TimeZone } from "../../ui/date-format.ts"

/** A test that is talked about, and what of it. */
export type TalkedAbout = { address: string; document: WrittenStrategy; focus?: RunFocus }

/** The newest test of a conversation: that of its last confirmed answer, or the one it began at. */
export async function talkedAbout(thread: ChatThread, branch: readonly ChatTurn[]): Promise<TalkedAbout | undefined> {
  const runId = branch.findLast(({ applied }) => applied?.test)?.applied?.test?.runId
  const [run] = runId === undefined ? [] : await findRuns([runId]).catch(() => [])
  if (run?.detail) return { address: run.address, document: run.detail.document }
  return thread.subject?.kind === "run" ? thread.subject : undefined
}

/** The test, run again here: every number and candle of it. Throws in words. */
export async function reportOf({ address, document }: TalkedAbout, zone: TimeZone): Promise<RunReport> {
  const setup = { ...setupFromSearch(parseSearch(address)), params: {} }
  const [first, ...beside] = await Promise.all([setup.market, ...setup.also].map(marketOf))
  const answer = await answerTo(jobOf(setup, document, [first, ...beside], zone))
  switch (answer.state) {
    case "done":
      return answer.report
    case "refused":
      throw new Error(problemInWords(document, answer.problems[0]))
    case "failed":
      throw new Error(answer.because)
    default:
      throw new Error("Another test began meanwhile. Ask once more.")
  }
}

async function marketOf(id: string) {
  const market = id === sampleMarket.id ? sampleMarket : await findMarket(id)
  if (market) return market
  throw new Error(
    "The candles of that test are no longer in this browser, so it cannot be looked at again. Its figures are kept with its run.",
  )
}
