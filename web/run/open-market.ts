import { type CandleMend, type Candles, mendsThatHold, sliceCandles } from "#engine/candles"
import { type Engine, type EngineSession, openSession } from "#engine/run"
import { loadSampleCandles, sampleMarket } from "../db/sample-market.ts"
import { fetchEngine } from "./fetch-engine.ts"
import { unseenPartOf } from "./unseen-part.ts"

/**
 * A market whose candles lie in the engine. `candles` are all it has; those in the session end at the run's last
 * moment.
 */
export type OpenMarket = Source & {
  id: string
  key: string
  candles: Candles
  session: EngineSession
  unseen?: { fromMs: number; toMs: number }
}

/** What is known of candles beside themselves: what was mended, whether they are made up. */
type Source = { name: string; quote?: string; mends: CandleMend[]; isMadeUp: boolean }

let kept: OpenMarket | undefined

type Choice = {
  id: string
  /** With `unseenPercent`: what the percent is of begins here. */
  fromMs?: number
  toMs?: number
  unseenPercent: number
  /** The one compiled from the strategy's code; the usual one when left out. */
  engine?: Engine
}

/**
 * Puts a market's candles that open before `toMs` into an engine. The last one stays there: dragging a slider must
 * not read them again.
 */
export async function openMarket({ id, engine: ownEngine, ...period }: Choice): Promise<OpenMarket> {
  const { version, load, ...source } = await sourceOf(id)
  const key = `${id} ${version} ${JSON.stringify(period)} ${ownEngine?.sha256 ?? "rules"}`
  if (kept?.key === key) return kept
  const [engine, candles] = await Promise.all([ownEngine ?? fetchEngine(), load()])
  kept = undefined // the old candles go before the new ones need the room
  const unseen = unseenPartOf(candles, period)
  kept = {
    ...source,
    mends: mendsThatHold(candles, source.mends),
    id,
    key,
    candles,
    unseen,
    session: openSession(engine, [
      { market: source.name, candles: sliceCandles(candles, { toMs: unseen?.fromMs ?? period.toMs }) },
    ]),
  }
  return kept
}

/** `version` differs whenever the candles or their name may. */
async function sourceOf(id: string): Promise<Source & { version: string; load: () => Promise<Candles> }> {
  if (id === sampleMarket.id)
    return {
      version: "",
      name: sampleMarket.name,
      quote: sampleMarket.quote,
      mends: [],
      isMadeUp: true,
      load: loadSampleCandles,
    }
  // The first visit runs on the sample and should not have to wait for the database's code.
  const [{ findMarket }, { loadCandles }] = await Promise.all([
    import("../db/market-catalogue.ts"),
    import("../db/load-candles.ts"),
  ])
  const saved = await findMarket(id)
  if (!saved) throw new Error("This market is not in this browser. Choose another, or import its candles under Data.")
  const isMadeUp = saved.origin === "synthetic" || saved.venue === "practice"
  return {
    version: `${saved.hash} ${saved.name} ${saved.quote}`,
    name: saved.name,
    quote: saved.quote,
    mends: saved.mends,
    isMadeUp,
    load: () => loadCandles(saved),
  }
}
