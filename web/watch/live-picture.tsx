import { lazy, Suspense } from "react"
import { candleColumnsOf, priceDecimalsOf, type Timeframe, timeframesMs } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import type { CandleAsking, PriceLevel } from "../chart/index.ts"
import type { BoardChart } from "./board-chart.ts"

const LiveChart = lazy(async () => ({ default: (await import("../chart/index.ts")).LiveChart }))

type LivePictureProps = {
  chart?: BoardChart
  timeframe: Timeframe
  title: string
  levels?: readonly PriceLevel[]
  onOldest: () => void
  asking?: CandleAsking
}

/** A live chart, or its place while it loads, and why its past is incomplete. */
export function LivePicture({ chart, ...rest }: LivePictureProps) {
  return (
    <>
      {chart?.history.state === "failed" && (
        <Notice kind="warn">{chart.history.because} The chart is completed as soon as the exchange answers.</Notice>
      )}
      <Drawn chart={chart} {...rest} />
    </>
  )
}

function Drawn({ chart, timeframe, title, levels, onOldest, asking }: LivePictureProps) {
  const { timeZone } = usePreferences()
  const waiting = (
    <div aria-busy>
      <Skeleton className="h-[29rem] w-full md:h-[36rem]" />
    </div>
  )
  if (!chart || chart.closed.length + chart.open.length === 0) return waiting
  return (
    <Suspense fallback={waiting}>
      <LiveChart
        title={title}
        picture={chart}
        barMs={timeframesMs[timeframe]}
        priceDecimals={decimalsOf(chart)}
        zone={timeZone}
        levels={levels}
        onOldest={onOldest}
        asking={asking}
        className="h-[22rem] md:h-[30rem]"
      />
    </Suspense>
  )
}

/** Decided by the first candles, so that the axis does not change while you look. */
export function decimalsOf({ closed, open }: BoardChart): number {
  return priceDecimalsOf(candleColumnsOf([...closed.slice(0, 50), ...open.slice(0, 1)]))
}
