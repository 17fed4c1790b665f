import type { LiveIntent } from "../host/run/live/live-intent.ts"
import type { LiveRun } from "../host/run/live/live-run.ts"
import type { BaseCandle } from "./reference-candles.ts"

type Order = LiveIntent & { quantity: number }

/**
 * The plainest exchange there can be: it fills a live run's orders over finished candles by the rules of docs/fills.md,
 * so that its trades can be compared with a backtest's. No slippage; fees in quote currency.
 */
export class SteppedFills {
  readonly #orders = new Map<number, Order>()
  #enteredInside = false

  constructor(
    /** Another may take its place between two candles. */
    public run: LiveRun,
    private readonly feeRate: number,
  ) {}

  /** One candle: what fills in it, then its close. */
  step(candle: BaseCandle, timeframeMs: number): void {
    this.#enteredInside = false
    this.#exitAtOpen(candle)
    this.#enterAtOpen(candle)
    this.#inside(candle)
    this.run.append(0, { ...candle, volume: 1 })
    this.close(candle.openTimeMs + timeframeMs)
  }

  /** Time has come so far: the run decides, and its orders arrive. */
  close(nowMs: number): void {
    this.run.advanceTo(nowMs)
    this.#listen()
  }

  /** Takes new intents: a replacement takes the place of its order. */
  #listen(): void {
    for (const intent of this.run.takeIntents()) {
      if (intent.replaces !== undefined) {
        const isOver = this.#orders.delete(intent.replaces)
        if (intent.action === "cancel" && isOver) this.run.endOrder(0, intent.replaces, "cancelled", intent.timeMs)
      }
      if (intent.quantity !== undefined) this.#orders.set(intent.id, { ...intent, quantity: intent.quantity })
    }
  }

  #of(...actions: LiveIntent["action"][]): Order | undefined {
    return [...this.#orders.values()].find(({ action }) => actions.includes(action))
  }

  #fill(order: Order, price: number, timeMs: number): void {
    const { id, side, quantity } = order
    this.#orders.delete(id)
    this.run.fill(0, {
      intent: id,
      side,
      quantity,
      price,
      fee: quantity * price * this.feeRate,
      coinFee: 0,
      timeMs,
    })
    this.run.endOrder(0, id, "filled", timeMs)
    this.#listen()
  }

  #exitAtOpen({ open, openTimeMs }: BaseCandle): void {
    const exit = this.#of("exit")
    if (exit) return this.#fill(exit, open, openTimeMs)
    const stop = this.#of("moveStop")
    if (stop && isWorse(stop, open, stop.stopPrice!)) return this.#fill(stop, open, openTimeMs)
    this.#takeTargets(open, open, openTimeMs)
  }

  #enterAtOpen({ open, openTimeMs }: BaseCandle): void {
    const entry = this.#of("enter")
    if (entry && (entry.limitPrice === undefined || isBetterToBuy(entry, open, entry.limitPrice)))
      this.#fill(entry, open, openTimeMs)
  }

  #inside(candle: BaseCandle): void {
    const { open, openTimeMs } = candle
    const entry = this.#of("enter")
    if (entry?.limitPrice !== undefined && isBetterToBuy(entry, worst(entry, candle), entry.limitPrice)) {
      this.#fill(entry, entry.limitPrice, openTimeMs)
      this.#enteredInside = true
    }
    this.#addInside(candle)
    const stop = this.#of("moveStop")
    if (stop && isWorse(stop, furthest(stop, candle), stop.stopPrice!))
      return this.#fill(stop, (stop.side === "sell" ? Math.min : Math.max)(stop.stopPrice!, open), openTimeMs)
    if (!this.#enteredInside) this.#takeTargets(candle.high, candle.low, openTimeMs, open)
  }

  #addInside(candle: BaseCandle): void {
    const wasInside = this.#enteredInside
    for (let add = this.#of("add"); add; add = this.#of("add")) {
      const price = add.limitPrice!
      if (!isBetterToBuy(add, worst(add, candle), price)) return
      this.#fill(add, !wasInside && isBetterToBuy(add, candle.open, price) ? candle.open : price, candle.openTimeMs)
      this.#enteredInside = true
    }
  }

  #takeTargets(high: number, low: number, timeMs: number, open = high): void {
    for (let target = this.#of("placeTarget"); target; target = this.#of("placeTarget")) {
      const level = target.limitPrice!
      const isSell = target.side === "sell"
      if (isSell ? high < level : low > level) return
      this.#fill(target, isSell ? Math.max(level, open) : Math.min(level, open), timeMs)
    }
  }
}

/** The price that goes most against an order that opens a position. */
function worst({ side }: Order, { high, low }: BaseCandle): number {
  return side === "buy" ? low : high
}

/** The price that goes most against what a stop protects. */
function furthest({ side }: Order, { high, low }: BaseCandle): number {
  return side === "sell" ? low : high
}

function isWorse({ side }: Order, price: number, stop: number): boolean {
  return side === "sell" ? price <= stop : price >= stop
}

function isBetterToBuy({ side }: Order, price: number, limit: number): boolean {
  return side === "buy" ? price <= limit : price >= limit
}
