import { useMemo } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { sampleMarket } from "../db/sample-market.ts"
import { useMarkets } from "./use-markets.ts"

/** A market that a strategy can be tested on, as far as it is known. */
export type MarketChoice = Pick<SavedMarket, "id" | "name" | "timeframeMs"> &
  Partial<
    Pick<
      SavedMarket,
      "quote" | "origin" | "venue" | "symbol" | "hash" | "fromMs" | "toMs" | "extraNames" | "candleCount"
    >
  >

/** The sample and the markets of this browser. */
export function useMarketChoices(): { ready: boolean; list: MarketChoice[] } {
  const kept = useMarkets()
  const list = useMemo(() => [sampleMarket, ...(kept.state === "ready" ? kept.value : [])], [kept])
  return { ready: kept.state !== "loading", list }
}
