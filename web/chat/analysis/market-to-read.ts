import { type Timeframe, timeframesMs } from "#engine/candles"
import { sampleMarket } from "../../db/sample-market.ts"
import type { TestMarket } from "../test-setup.ts"

/** Calls are for a day ahead or so: shorter candles are gathered into these. */
const SHORTEST: Timeframe = "1h"

/** Where to read a coin, and in which candles. */
export type MarketToRead = { market: TestMarket; timeframe: Timeframe }

/** The market of this browser that a coin is read at: the one with the finest candles that hours can be made of. */
export function marketToRead(coin: string, saved: readonly TestMarket[]): MarketToRead | undefined {
  const found = [...saved, sampleMarket]
    .filter(({ base, name }) => (base ?? name.split("/")[0]).toUpperCase() === coin)
    .flatMap((market) => {
      const timeframe = timeframeFor(market.timeframeMs)
      return timeframe === undefined ? [] : [{ market, timeframe }]
    })
  return found.toSorted((one, other) => timeframesMs[one.timeframe] - timeframesMs[other.timeframe])[0]
}

function timeframeFor(ownMs: number): Timeframe | undefined {
  if (ownMs <= timeframesMs[SHORTEST]) return timeframesMs[SHORTEST] % ownMs === 0 ? SHORTEST : undefined
  return (Object.keys(timeframesMs) as Timeframe[]).find((name) => timeframesMs[name] === ownMs)
}
