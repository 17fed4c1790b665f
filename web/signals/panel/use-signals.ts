import { useCallback, useEffect, useState } from "react"
import { candleColumnsOf, type LiveCandle, type Timeframe } from "#engine/candles"
import type { ForecastModel } from "#engine/strategy"
import type { SignalsFound } from "../../run/signals-job.ts"
import { lookAtMarket } from "./look-at-market.ts"
import { keptFor, type PanelMarket } from "./panel-market.ts"

type Signals = { state: "loading" } | { state: "ready"; found: SignalsFound } | { state: "failed"; because: string }

type Shown = {
  market: PanelMarket
  timeframe: Timeframe
  models: readonly ForecastModel[]
  /** The live candles so far, if there are any. */
  closed: readonly LiveCandle[] | undefined
}

/**
 * What is said of a market, and again with each candle that closes, each model and each change of its kept candles:
 * whatever is the same must be the same object. Another market or timeframe needs another component.
 */
export function useSignals({ market, timeframe, models, closed }: Shown): { signals: Signals; retry: () => void } {
  const [signals, setSignals] = useState<Signals>({ state: "loading" })
  const look = useCallback(async (): Promise<Signals | undefined> => {
    const keptId = keptFor(market, timeframe)?.id
    if (keptId === undefined && closed === undefined) return undefined
    const live = closed && candleColumnsOf([...closed])
    return lookAtMarket({ market, keptId, live, timeframe, models }).then(
      (found): Signals => ({ state: "ready", found }),
      ({ message }: Error): Signals => ({ state: "failed", because: message }),
    )
  }, [market, timeframe, models, closed])
  useEffect(() => {
    let isOpen = true
    void look().then((answer) => isOpen && answer && setSignals(answer))
    return () => {
      isOpen = false
    }
  }, [look])
  return { signals, retry: () => void look().then((answer) => answer && setSignals(answer)) }
}
