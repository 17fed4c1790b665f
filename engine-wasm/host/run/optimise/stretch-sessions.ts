import { sliceCandles } from "../../candles/candles.ts"
import { openSession, type EngineSession, type MarketCandles } from "../engine/engine-session.ts"
import { newInstance, type Engine, type EngineExports } from "../engine/engine.ts"
import type { Stretch } from "./optimise-task.ts"
import { remadeCandles } from "./remade-candles.ts"

/** Which markets there are to run over: the strategy's own together, and others to try it on by itself. */
export type CandleSets = { own: readonly MarketCandles[]; others?: readonly MarketCandles[] }

/**
 * Sessions over the stretches a search asks for: one for real candles and one for those made anew, each kept until
 * another stretch is wanted, so that memory does not grow with their number.
 */
export class StretchSessions {
  readonly #real: Slot
  readonly #made: Slot

  constructor(
    engine: Engine,
    private readonly sets: CandleSets,
  ) {
    this.#real = new Slot(engine)
    this.#made = new Slot(engine)
  }

  get engine(): Engine {
    return this.#real.engine
  }

  of({ toMs, fromMs, remade, other }: Stretch): EngineSession {
    const markets = other === undefined ? this.sets.own : this.#other(other)
    const ended = () => markets.map((market) => ({ ...market, candles: sliceCandles(market.candles, { toMs }) }))
    if (!remade) return this.#real.session(`${toMs} ${other}`, ended)
    const key = JSON.stringify([fromMs, toMs, remade, other])
    return this.#made.session(key, () =>
      ended().map((market) => ({ ...market, candles: remadeCandles(market.candles, remade, fromMs) })),
    )
  }

  #other(other: number): MarketCandles[] {
    const market = this.sets.others?.[other]
    return market ? [market] : []
  }
}

/** One engine instance, whose candles are replaced when others are wanted. */
class Slot {
  #instance: EngineExports | undefined
  #empty = 0
  #kept: { key: string; session: EngineSession } | undefined

  constructor(readonly engine: Engine) {}

  session(key: string, markets: () => MarketCandles[]): EngineSession {
    if (this.#kept?.key === key) return this.#kept.session
    this.#kept = { key, session: openSession(this.engine, markets(), this.#emptied()) }
    return this.#kept.session
  }

  #emptied(): EngineExports {
    if (this.#instance) this.#instance.release(this.#empty)
    else {
      this.#instance = newInstance(this.engine)
      this.#empty = this.#instance.mark()
    }
    return this.#instance
  }
}
