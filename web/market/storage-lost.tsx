import { strategyTimeframeOf } from "#engine/candles"
import { useState } from "react"
import { dismissLostCandles, findLostCandles, type LostCandles, settleLostCandles } from "../db/lost-candles.ts"
import { useKept } from "../db/use-kept.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatCandleDay } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { formatCount } from "../ui/number-format.ts"
import { fetchAgain } from "./download/download-start.ts"
import { timeframeName } from "./use-markets.ts"

/**
 * Reports the kept candles the browser has cleared, and offers to fetch them again where they came from an exchange.
 */
export function StorageLost() {
  const [settledCount, setSettledCount] = useState(0)
  const lost = useKept(findLostCandles, [settledCount])
  if (lost.state !== "ready") return null // where nothing can be read, the screen says so already
  return lost.value.map((each) => (
    <LostNotice key={each.market.id} lost={each} onSettled={() => setSettledCount((count) => count + 1)} />
  ))
}

function LostNotice({ lost, onSettled }: { lost: LostCandles; onSettled: () => void }) {
  const { timeZone } = usePreferences()
  const { market, candles, ranges, whole } = lost
  const settle = (act: (lost: LostCandles) => Promise<unknown>) => void act(lost).finally(onSettled)
  const actions = (
    <div className="flex flex-wrap gap-2">
      {market.venue && <Button onClick={() => settle(refetch)}>Fetch them again</Button>}
      <Button look={market.venue ? "plain" : "quiet"} onClick={() => settle(dismissLostCandles)}>
        {whole ? "Forget it" : "Keep what is left"}
      </Button>
    </div>
  )
  return (
    <Notice kind="warn" action={actions}>
      <strong className="text-ink-strong">
        {formatCount(candles, "candle")} of {market.name} {timeframeName(market.timeframeMs)}{" "}
        {candles === 1 ? "is" : "are"} gone.
      </strong>{" "}
      The browser has cleared them, from {formatCandleDay(ranges[0].fromMs, market.timeframeMs, timeZone)} to{" "}
      {formatCandleDay(ranges.at(-1)!.toMs, market.timeframeMs, timeZone)}.{" "}
      {market.venue
        ? "They can be fetched again."
        : `They came from ${market.source}: import that again to have them back.`}
    </Notice>
  )
}

async function refetch(lost: LostCandles): Promise<void> {
  const market = await settleLostCandles(lost)
  await fetchAgain(
    { ...market, venue: lost.market.venue, symbol: lost.market.symbol },
    lost.whole ? wantedOf(lost) : lost.ranges,
    strategyTimeframeOf(market.timeframeMs)!,
  )
}

/** Everything that was requested, since the stretches without candles were answers too. */
function wantedOf({ market, ranges }: LostCandles) {
  return market.fetched.length > 0 ? market.fetched : ranges
}
