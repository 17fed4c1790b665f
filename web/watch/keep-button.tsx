import { Link } from "@tanstack/react-router"
import { Save } from "lucide-react"
import { useState } from "react"
import type { LiveCandle, Timeframe } from "#engine/candles"
import { unavailableBecause } from "../db/unavailable.ts"
import { Button } from "../ui/button.tsx"
import { formatCount, formatNumber } from "../ui/number-format.ts"
import { type KeptCandles, keepCandles } from "./keep-candles.ts"
import type { WatchedMarket } from "./watched-market.ts"

type Keeping = { state: "idle" } | { state: "kept"; kept: KeptCandles } | { state: "failed"; because: string }

/** Adds the chart's closed candles to one's own data, where strategies can be tested on them. */
export function KeepButton({
  candles,
  market,
  timeframe,
  count,
}: {
  candles: () => Promise<LiveCandle[]>
  market: WatchedMarket
  timeframe: Timeframe
  count: number
}) {
  const [keeping, setKeeping] = useState<Keeping>({ state: "idle" })
  const keep = async () => {
    try {
      setKeeping({ state: "kept", kept: await keepCandles(market, timeframe, await candles()) })
    } catch (error) {
      setKeeping({ state: "failed", because: unavailableBecause(error) })
    }
  }
  return (
    <>
      <Button icon={<Save aria-hidden className="size-4" />} disabled={count === 0} onClick={() => void keep()}>
        Keep these candles
      </Button>
      <p role="status" className="basis-full text-sm text-ink-soft empty:hidden sm:text-right">
        {keeping.state === "failed" && keeping.because}
        {keeping.state === "kept" && <Kept kept={keeping.kept} />}
      </p>
    </>
  )
}

function Kept({ kept: { marketId, name, added, changed } }: { kept: KeptCandles }) {
  return (
    <>
      {added === 0 && changed === 0 ? "All of them were kept before" : `${formatCount(added, "candle")} kept`} as {name}
      .{changed > 0 && ` ${formatNumber(changed)} changed since they were kept; the newer values replaced them.`}{" "}
      <Link to="/backtest" search={{ market: marketId }} className="underline underline-offset-4 hover:text-ink-strong">
        Test on them
      </Link>
    </>
  )
}
