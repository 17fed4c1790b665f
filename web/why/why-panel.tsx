import type { RunReport } from "../run/run-report.ts"
import { candleFurther } from "../run/strategy-candle.ts"
import { useWhy } from "../run/use-why.ts"
import { filledIn, ReportedCandleView } from "./reported-candle.tsx"
import { WhyFrame, type WhyFrameProps } from "./why-frame.tsx"

type WhyPanelProps = Pick<
  WhyFrameProps,
  "candleMs" | "onClose" | "opener" | "zone" | "name" | "isFocused" | "isQuiet"
> & {
  report: RunReport
  onCandle: (openTimeMs: number) => void
}

/** Why the strategy did, or did not, trade at a candle of a run. */
export function WhyPanel({ report, onCandle, ...frame }: WhyPanelProps) {
  const { candleMs, zone } = frame
  const { reported, isStale } = useWhy(report, candleMs)
  return (
    <WhyFrame
      {...frame}
      {...{ reported, isStale }}
      timeframe={report.timeframe}
      onWalk={(steps) => onCandle(candleFurther(report, candleMs, steps))}
    >
      {(candle) => (
        <ReportedCandleView
          reported={candle}
          filled={filledIn(report, candle.openTimeMs)}
          priceDecimals={report.market.priceDecimals}
          fillMs={report.market.timeframeMs}
          zone={zone}
        />
      )}
    </WhyFrame>
  )
}
