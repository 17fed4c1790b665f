import { StopKind } from "../account/setting"
import { tagNumber } from "./tags"

/** As in the document: none, the document's own. */
export const DOCUMENTS_OWN: i32 = -1

/**
 * An entry under construction: `this.buy().stop(candle.low).target(candle.close * 1.04, 0.5).tag("dip")`. Missing
 * parts come from the document: its stop, its targets, its size.
 */
export class Order {
  wanted: bool = false
  /** StopKind, or -1: the document's. */
  stopKind: i32 = DOCUMENTS_OWN
  stopInput: f64 = NaN
  /** Base units, or percent of equity; NaN: the document's size. */
  baseUnits: f64 = NaN
  equityPercent: f64 = NaN
  tagNumber: i32 = 0
  /** Prices and shares of what is still open; none: the document's targets. */
  targetPrices: f64[] = []
  targetShares: f64[] = []
  targetCount: i32 = 0
  /** A number was NaN: the order is refused. */
  isUnsound: bool = false

  /** Clears the order. */
  begin(wanted: bool): Order {
    this.wanted = wanted
    this.stopKind = DOCUMENTS_OWN
    this.stopInput = NaN
    this.baseUnits = NaN
    this.equityPercent = NaN
    this.tagNumber = 0
    this.isUnsound = false
    if (this.targetCount > 0) {
      this.targetPrices = []
      this.targetShares = []
      this.targetCount = 0
    }
    return this
  }

  /** Stop at this price instead of the document's. */
  stop(price: f64): Order {
    return this.stopAs(StopKind.price, price)
  }

  /** Stop this far from the entry price, in quote currency. */
  stopDistance(distance: f64): Order {
    return this.stopAs(StopKind.distance, distance)
  }

  /** No stop. */
  withoutStop(): Order {
    return this.stopAs(StopKind.none, 0)
  }

  private stopAs(kind: i32, input: f64): Order {
    // NaN is refused when the order fills, like a document's stop that is not known yet.
    this.stopKind = kind
    this.stopInput = input
    return this
  }

  /** Takes profit at this price: `share` (0 to 1) of what is still open. Call it again for further targets. */
  target(price: f64, share: f64 = 1): Order {
    if (this.targetCount < 20) {
      this.targetPrices.push(price)
      this.targetShares.push(min(share, 1))
      this.targetCount += 1
    }
    return this.sound(price).sound(share > 0 ? share : NaN)
  }

  /** How much to buy or sell, in base units, instead of the document's size. */
  quantity(baseUnits: f64): Order {
    return this.sound(this.baseUnits = baseUnits)
  }

  /** How much to buy or sell, in percent of the account's equity, instead of the document's size. */
  percent(ofEquity: f64): Order {
    return this.sound(this.equityPercent = ofEquity)
  }

  /** A word for the trade in the results. */
  tag(word: string): Order {
    this.tagNumber = tagNumber(word)
    return this
  }

  private sound(number: f64): Order {
    if (!isFinite(number)) this.isUnsound = true
    return this
  }
}
