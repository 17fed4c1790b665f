import { type CandleMend, type Candles, mendsThatHold, sliceCandles } from "#engine/candles"
import { type Engine, type EngineSession, type MarketCandles, openSession } from "#engine/run"
import { sampleCandles, sampleMarket } from "../db/sample-market.ts"
import { fetchEngine } from "./fetch-engine.ts"
import { isMadeUp } from "./made-up.ts"
import { unseenPartOf } from "./unseen-part.ts"

/** One of the markets in an engine. `candles` are all it has; those in the session end at the run's last moment. */
export type OpenMarket = Source & { id: string; candles: Candles }

/** Markets whose candles are for one engine, in the order of the session's. */
export type OpenMarkets = {
  /** Differs whenever a run over them may. */
  key: string
  list: OpenMarket[]
  /** What is run over: their candles up to the run's last moment. */
  engine: Engine
  toRun: MarketCandles[]
  /** These in the engine, opened when it is first asked for. */
  readonly session: EngineSession
  unseen?: { fromMs: number; toMs: number }
}

/** Facts about candles: what was mended, whether they are made up. */
type Source = { name: string; quote?: string; mends: CandleMend[]; isMadeUp: boolean }

let kept: OpenMarkets | undefined

type Choice = {
  ids: string[]
  /** With `unseenPercent`: the period it refers to begins here. */
  fromMs?: number
  toMs?: number
  unseenPercent: number
  /** The one compiled from the strategy's code; the standard one by default. */
  engine?: Engine
}

/**
 * Puts the markets' candles that open before `toMs` into an engine. The last ones stay there: dragging a slider must
 * not read them again.
 */
export async function openMarkets({ ids, engine: ownEngine, ...period }: Choice): Promise<OpenMarkets> {
  const sources = await Promise.all(ids.map(sourceOf))
  const versions = sources.map(({ version }) => version)
  const key = JSON.stringify([ids, versions, period, ownEngine?.sha256 ?? "rules"])
  if (kept?.key === key) return kept
  kept = undefined // the old candles go before the new ones need the room
  const [engine, ...candles] = await Promise.all([ownEngine ?? fetchEngine(), ...sources.map(({ load }) => load())])
  const list = sources.map(({ name, quote, mends, ...source }, at) => ({
    id: ids[at],
    name,
    quote,
    isMadeUp: source.isMadeUp,
    candles: candles[at],
    mends: mendsThatHold(candles[at], mends),
  }))
  const unseen = unseenPartOf(candles, period)
  const toMs = unseen?.fromMs ?? period.toMs
  const toRun = list.map(({ name, candles: all }) => ({ market: name, candles: sliceCandles(all, { toMs }) }))
  let opened: EngineSession | undefined
  kept = {
    key,
    list,
    engine,
    toRun,
    unseen,
    get session() {
      return (opened ??= openSession(engine, toRun))
    },
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
      load: async () => sampleCandles(),
    }
  // The first visit runs on the sample and should not wait for the database's code.
  const [{ findMarket }, { loadCandles }] = await Promise.all([
    import("../db/market-catalogue.ts"),
    import("../db/load-candles.ts"),
  ])
  const saved = await findMarket(id)
  if (!saved) throw new Error("This market is not in this browser. Choose another, or import its candles under Data.")
  return {
    version: `${saved.hash} ${saved.name} ${saved.quote}`,
    name: saved.name,
    quote: saved.quote,
    mends: saved.mends,
    isMadeUp: isMadeUp(saved),
    load: () => loadCandles(saved),
  }
}
