import type { Market } from "../exchange/exchange.ts"

/** Decimal texts of one market: prices on its tick, quantities on its step. */
export class MarketFacts {
  readonly #priceDigits: number
  readonly #quantityDigits: number
  readonly #step: number

  constructor(readonly market: Market) {
    this.#priceDigits = digitsOf(market.priceStep)
    this.#quantityDigits = digitsOf(market.quantityStep)
    this.#step = Number(market.quantityStep)
  }

  /** The nearest price on the tick. */
  price(value: number): string {
    return this.onTick(value, Math.round)
  }

  /** The highest price on the tick that is not above. */
  priceBelow(value: number): string {
    return this.onTick(value, Math.floor)
  }

  /** The largest quantity on the step that is not above: nothing rounds risk up. */
  quantity(value: number): string {
    return (this.steps(value) * this.#step).toFixed(this.#quantityDigits)
  }

  /** The same as a number. */
  floored(value: number): number {
    return Number(this.quantity(value))
  }

  /** The smallest quantity on the step that is not below, for what must be there in full. */
  raised(value: number): number {
    const floored = this.floored(value)
    return floored < value * (1 - 1e-9) ? this.floored(floored + this.#step) : floored
  }

  /** The smallest quantity that can be sold at a price. */
  leastSale(price: number): number {
    const { minQuantity, minNotional } = this.market
    const byValue = price > 0 && minNotional !== undefined ? Number(minNotional) / price : 0
    return Math.max(this.#step, Number(minQuantity ?? 0), byValue)
  }

  /** What the engine sizes by. */
  get rules() {
    const { minNotional, quantityStep, priceStep } = this.market
    return { minNotional: Number(minNotional ?? 0), quantityStep: Number(quantityStep), priceTick: Number(priceStep) }
  }

  /** Whole steps in a quantity; one that is a step but for rounding counts as whole. */
  private steps(value: number): number {
    const steps = value / this.#step
    const nearest = Math.round(steps)
    return Math.abs(steps - nearest) < 1e-6 ? nearest : Math.floor(steps)
  }

  private onTick(value: number, round: (ticks: number) => number): string {
    const tick = Number(this.market.priceStep)
    const ticks = value / tick
    const nearest = Math.round(ticks)
    return ((Math.abs(ticks - nearest) < 1e-6 ? nearest : round(ticks)) * tick).toFixed(this.#priceDigits)
  }
}

function digitsOf(step: string): number {
  return (step.split(".")[1] ?? "").replace(/0+$/, "").length
}
