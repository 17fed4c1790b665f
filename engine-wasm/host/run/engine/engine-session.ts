import { CandleColumn } from "../../../assembly/rules/program-word.ts"
import type { Candles } from "../../candles/candles.ts"
import type { CompileMarket } from "../../strategy/compile/compile.ts"
import { priceGridOf } from "../../strategy/compile/grid.ts"
import { newInstance, put, putColumn, type Engine, type EngineExports } from "./engine.ts"

export type MarketCandles = {
  market: string
  candles: Candles
  /** The exchange's tick, quote currency: prices are counted in it, and orders are rounded to it. */
  priceTick?: number
}

/** A market whose candles are in an engine instance, ready for any number of runs. */
export type LoadedMarket = MarketCandles & {
  /** Address of the u32 list of column addresses. */
  columns: number
  extras: string[]
  compile: CompileMarket
}

/** An engine instance with candles in its memory. Runs reuse it one after another; each releases what it allocated. */
export type EngineSession = { engine: Engine; instance: EngineExports; markets: LoadedMarket[]; mark: number }

/**
 * Copies the markets' candles into a fresh instance, or into one whose earlier candles were released, with room for
 * so many more behind them.
 */
export function openSession(
  engine: Engine,
  markets: readonly MarketCandles[],
  instance: EngineExports = newInstance(engine),
  room = 0,
): EngineSession {
  const loaded = markets.map((market) => loadMarket(instance, market, room))
  return { engine, instance, markets: loaded, mark: instance.mark() }
}

function loadMarket(
  instance: EngineExports,
  { market, candles, priceTick }: MarketCandles,
  room: number,
): LoadedMarket {
  const extras = Object.keys(candles.extra).sort()
  return {
    market,
    candles,
    priceTick,
    columns: putColumns(instance, candles, { extras, room }),
    extras,
    compile: { timeframeMs: candles.timeframeMs, ...priceGridOf(candles, priceTick), extra: extras },
  }
}

function putColumns(
  instance: EngineExports,
  candles: Candles,
  { extras, room }: { extras: string[]; room: number },
): number {
  const addresses = new Uint32Array(CandleColumn.extras + extras.length)
  const columns = {
    open: candles.open,
    high: candles.high,
    low: candles.low,
    close: candles.close,
    volume: candles.volume,
    time: candles.openTimeMs,
  }
  for (const [name, column] of Object.entries(columns)) {
    addresses[CandleColumn[name as keyof typeof columns]] = putColumn(instance, column, room)
  }
  extras.forEach((name, n) => (addresses[CandleColumn.extras + n] = putColumn(instance, candles.extra[name], room)))
  return put(instance, new Uint8Array(addresses.buffer))
}
