import { Link } from "@tanstack/react-router"
import type { Timeframe } from "#engine/candles"
import { sampleMarket } from "../../db/sample-market.ts"
import type { SignalsFound } from "../../run/signals-job.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDateTime } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { formatCount, formatPrice } from "../../ui/number-format.ts"
import type { LiveCandles } from "../../watch/index.ts"
import { hasEnded } from "./panel-calls.ts"
import type { PanelMarket } from "./panel-market.ts"

type StandLineProps = {
  market: PanelMarket
  timeframe: Timeframe
  found: SignalsFound | undefined
  live: LiveCandles
}

/** Which candle all of it is about, and whether that is now. */
export function StandLine({ market, timeframe, found, live }: StandLineProps) {
  const { timeZone } = usePreferences()
  const source = live.words === undefined ? "kept candles" : live.words
  if (found === undefined)
    return (
      <p className="min-h-6 text-ink-soft">
        {market.watched ? `Waiting for the first ${timeframe} candles: ${source}.` : "Reading the kept candles."}
      </p>
    )
  const { reading, votes } = found
  const closed = formatDateTime(reading.closedMs, timeZone)
  const isOver = hasEnded(market.key, reading, live.nowMs)
  return (
    <div className="flex flex-col gap-3">
      <p className="min-h-6 text-ink tabular-nums" data-testid="stand" data-closed-ms={reading.closedMs}>
        {`The candle that closed at ${closed}, at ${formatPrice(reading.close, reading.priceDecimals)}; ${formatCount(votes.candleCount, "candle")} read · `}
        <span className="text-ink-soft">{source}</span>
      </p>
      {isOver && (
        <Notice kind="info">
          {`This market's history ends at ${closed}, so what is said is about then and not about now, and no call of it is kept and measured. `}
          <WayOn market={market} />
        </Notice>
      )}
    </div>
  )
}

/** How its candles would reach today. */
function WayOn({ market: { key, watched } }: { market: PanelMarket }) {
  if (key === sampleMarket.id)
    return (
      <>
        The sample is made up and never goes on. <Lead to="/watch">Watch a market</Lead> to see calls with each candle.
      </>
    )
  if (watched) return <>It goes on by itself once its exchange is reached.</>
  return (
    <>
      Bring its candles up to date under <Lead to="/data">Data</Lead>.
    </>
  )
}

function Lead({ to, children }: { to: "/watch" | "/data"; children: string }) {
  return (
    <Link to={to} className="underline underline-offset-4 hover:text-ink-strong">
      {children}
    </Link>
  )
}
