import { useEffect, useState } from "react"
import { answered, relay } from "../relay-client/relay.ts"
import type { ReportedWhy } from "../run/why-job.ts"

/** What a bot saw at a candle, and what happened to it until the next. */
export type LiveWhy = Awaited<ReturnType<typeof askWhy>>

async function askWhy(id: string, market: string, candleMs: number) {
  const query = { market, atMs: String(candleMs) }
  const answer = await answered(relay.bots[":id"].why.$get({ param: { id }, query }))
  return answer.json()
}

type Asked = { botId: string; market: string; candleMs: number }
type Known = { live?: LiveWhy; reported: ReportedWhy }

/** Asks about each candle anew; the answer before stays in view meanwhile, and `isStale` says so. */
export function useLiveWhy({ botId, market, candleMs }: Asked): Partial<Known> & { isStale: boolean } {
  const [known, setKnown] = useState<{ of: string; answer: Known }>()
  const of = `${botId} ${market} ${candleMs}`
  useEffect(() => {
    let isWanted = true
    const show = (answer: Known) => isWanted && setKnown({ of, answer })
    askWhy(botId, market, candleMs).then(
      (live) => show({ live, reported: reportedOf(live) }),
      (error: Error) => show({ reported: { ok: false, because: error.message } }),
    )
    return () => void (isWanted = false)
  }, [botId, market, candleMs, of])
  return { ...known?.answer, isStale: known?.of !== of }
}

/** As a backtest reports a candle: prices are numbers there. */
export function reportedOf(live: LiveWhy): ReportedWhy {
  const { openTimeMs, writtenAs, conditions, joins, journal, series, position, waitingEntry, waitingExit } = live
  return {
    ok: true,
    openTimeMs,
    writtenAs,
    conditions,
    joins,
    journal,
    series,
    waitingExit,
    refusals: live.refusals,
    position: position && {
      ...position,
      quantity: Number(position.quantity),
      entryPrice: Number(position.entryPrice),
      bestPrice: Number(position.bestPrice),
      stop: numberOrNull(position.stop),
      targets: position.targets.map(Number),
    },
    waitingEntry: waitingEntry && { ...waitingEntry, limitPrice: numberOrNull(waitingEntry.limitPrice) },
  }
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text)
}
