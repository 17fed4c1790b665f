import { isoTime } from "#engine/candles"
import { resultWords } from "#engine/result"
import type { StrategyDocument } from "#engine/strategy"
import type { ChatTools, TestFacts } from "#models"
import type { ChatThread } from "../db/chat-thread.ts"
import type { ChatTurn } from "../db/chat-turn.ts"
import { findRuns } from "../db/saved-run.ts"
import { jobOf } from "../run/setup-job.ts"
import { answerTo, neverIn } from "../run/use-run.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { candleWords } from "./explain/candle-words.ts"
import { reportOf, talkedAbout } from "./explain/ran-report.ts"
import { explainedResult } from "./explain/explained-result.ts"
import { type TestMarket, testPlace } from "./test-setup.ts"

type At = { thread: ChatThread; branch: readonly ChatTurn[]; markets: readonly TestMarket[]; zone: TimeZone }

/** What a model may look up in this browser. All of it only reads: no order, key, limit or address is within reach. */
export function modelTools({ thread, branch, markets, zone }: At): ChatTools {
  const lastReport = async () => {
    const about = await talkedAbout(thread, branch)
    if (!about) throw new Error("Nothing has been tested in this conversation yet.")
    return reportOf(about, zone)
  }
  return {
    backtest: (document) => tested(document, markets, zone),
    explainResult: async () => resultWords(explainedResult(await lastReport())),
    explainCandle: async ({ time }) => {
      const report = await lastReport()
      const timeMs = Date.parse(time)
      if (Number.isNaN(timeMs)) throw new Error(`"${time}" is no moment; write it as 2026-01-31T10:00Z.`)
      return candleWords(report, timeMs, "utc")
    },
    compareRuns: async ({ first, second }) => comparedWords(await findRuns([first, second])),
    listMarkets: async () => markets.map(({ name }) => name),
  }
}

async function tested(document: StrategyDocument, markets: readonly TestMarket[], zone: TimeZone): Promise<TestFacts> {
  const place = testPlace(document, markets)
  const answer = await answerTo(jobOf(place.setup, document, [place.market], zone))
  if (answer.state === "refused") return { ok: false, because: answer.problems[0].because }
  if (answer.state !== "done") return { ok: false, because: "The test did not come to an end." }
  const { report } = answer
  const tradeCount = report.trades.length
  const never = tradeCount === 0 ? await neverIn(report) : undefined
  const neverHeld = never?.sides.flatMap(({ conditions }) =>
    conditions.filter(({ metCount }) => metCount === 0).map(({ formula }) => formula),
  )
  const on = `Tested on ${place.market.name}, ${isoTime(report.market.fromMs)} to ${isoTime(report.market.toMs)}.`
  return {
    ok: true,
    tradeCount,
    words: `${on} ${resultWords(explainedResult(report))}`,
    ...(neverHeld ? { neverHeld } : {}),
  }
}

function comparedWords(runs: Awaited<ReturnType<typeof findRuns>>): string {
  if (runs.length < 2) throw new Error("One of these tests is not in this browser.")
  return runs
    .map(
      ({ id, strategy, market, totalReturnPercent, tradeCount }) =>
        `${id}: ${strategy} on ${market}: ${totalReturnPercent} %, ${tradeCount} trades`,
    )
    .join("\n")
}
