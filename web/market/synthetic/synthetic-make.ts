import { timeframesMs } from "#engine/candles"
import { useEffect, useState } from "react"
import { BackgroundWorker } from "../../worker/background-worker.ts"
import { listMarkets, type SavedMarket } from "../../db/market-catalogue.ts"
import { unavailableIfDatabase } from "../../db/unavailable.ts"
import { candlesOf, sourceOf, type SyntheticChoice } from "./synthetic-choice.ts"
import type { PricePicture, SyntheticApi } from "./synthetic-worker.ts"
import address from "./synthetic-worker.ts?worker&url"

/** While somebody types or drags, only the last choice is drawn. */
const QUIET_MS = 150

let worker: BackgroundWorker<SyntheticApi> | undefined

/** Makes and keeps a market; resolves to its id, or throws a sentence. */
export async function makeMarket(choice: SyntheticChoice): Promise<string> {
  try {
    return await background().call(async (remote) => await remote.make(choice))
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error })
  }
}

/**
 * The id of a market like this choice, made once: the same choice gives the same candles, so a second one would equal
 * the first.
 */
export async function marketLike(choice: SyntheticChoice): Promise<string> {
  const isLike = ({ source, timeframeMs, candleCount }: SavedMarket) =>
    source === sourceOf(choice) && timeframeMs === timeframesMs[choice.timeframe] && candleCount === candlesOf(choice)
  const known = (await listMarkets()).find(isLike)
  return known?.id ?? makeMarket(choice)
}

/** A picture of what a choice would give, or why there is none. The last one stays until the next is drawn. */
export function usePicture(
  choice: SyntheticChoice | undefined,
  parts: number,
): { picture?: PricePicture; because?: string } {
  const [preview, setPreview] = useState<{ picture?: PricePicture; because?: string }>({})
  const key = JSON.stringify(choice)
  useEffect(() => {
    if (key === undefined) return
    let isGone = false
    const show = (answer: { picture?: PricePicture; because?: string }) => !isGone && setPreview(answer)
    const draw = () =>
      background().call(async (remote) => await remote.picture(JSON.parse(key) as SyntheticChoice, parts))
    const timer = setTimeout(
      () =>
        void draw().then(
          (picture) => show({ picture }),
          (error: unknown) => show({ because: sentenceOf(error) }),
        ),
      QUIET_MS,
    )
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [key, parts])
  return preview
}

function background(): BackgroundWorker<SyntheticApi> {
  return (worker ??= new BackgroundWorker<SyntheticApi>(address))
}

function sentenceOf(error: unknown): string {
  return unavailableIfDatabase(error) ?? (error as Error).message
}
