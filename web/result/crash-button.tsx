import { DAY_MS, strategyTimeframeOf } from "#engine/candles"
import { useNavigate } from "@tanstack/react-router"
import { TrendingDown } from "lucide-react"
import { useState } from "react"
import { marketLike } from "../market/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import type { RunReport } from "../run/run-report.ts"

/** Long enough for slow averages, short enough to wait for. */
const LEAST_DAYS = 90
const MOST_CANDLES = 200_000

/** The same strategy in a made-up crash of the same timeframe and about the same length. */
export function CrashButton({ report: { market, data, chart } }: { report: RunReport }) {
  const navigate = useNavigate()
  const [making, setMaking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const timeframe = strategyTimeframeOf(market.timeframeMs)
  const days = Math.floor(
    Math.min((MOST_CANDLES * market.timeframeMs) / DAY_MS, Math.max(LEAST_DAYS, (data.toMs - data.fromMs) / DAY_MS)),
  )
  const show = async () => {
    setMaking(true)
    try {
      const startPrice = Number((chart.close.at(-1) ?? 100).toPrecision(3))
      const id = await marketLike({ like: { kind: "crash" }, timeframe: timeframe!, days, seed: 1, startPrice })
      await navigate({
        to: "/backtest",
        search: (before) => ({ ...before, market: id, from: undefined, to: undefined }),
      })
    } catch (error) {
      setProblem((error as Error).message)
    }
    setMaking(false)
  }
  return (
    <div className="flex flex-col items-start gap-2">
      {problem && <Notice kind="error">{problem}</Notice>}
      <Button
        icon={<TrendingDown aria-hidden className="size-4" />}
        disabled={making || timeframe === undefined}
        onClick={() => void show()}
      >
        {making ? "Making a crash" : "How would it do in a crash?"}
      </Button>
      <p className="max-w-[60ch] text-sm text-ink-soft">
        Runs it on one made-up market that falls by about half or more within days. It shows what could happen, not what
        will.
      </p>
    </div>
  )
}
