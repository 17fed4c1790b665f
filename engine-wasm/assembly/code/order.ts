import { StopKind } from "../account/setting"
import { tagNumber } from "./tags"

/** A call with a number that is none, in the order of `unsoundCalls` (host/run/code/unsound-wish.ts). */
export enum UnsoundCall {
  none,
  targetPercent,
  stop,
  stopDistance,
  targetPrice,
  targetShare,
  quantity,
  percent,
}

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
  /** A number was NaN or infinite: the order is refused. */
  isUnsound: bool = false
  /** The first call with such a number, and the number. */
  unsoundCall: UnsoundCall = UnsoundCall.none
  unsoundValue: f64 = NaN

  /** Clears the order. */
  begin(wanted: bool): Order {
    this.wanted = wanted
    this.stopKind = DOCUMENTS_OWN
    this.stopInput = NaN
    this.baseUnits = NaN
    this.equityPercent = NaN
    this.tagNumber = 0
    this.isUnsound = false
    this.unsoundCall = UnsoundCall.none
    if (this.targetCount > 0) {
      this.targetPrices = []
      this.targetShares = []
      this.targetCount = 0
    }
    return this
  }

  /** Stop at this price instead of the document's. */
  stop(price: f64): Order {
    return this.stopAs(StopKind.price, price).soundStop(UnsoundCall.stop, price)
  }

  /** Stop this far from the entry price, in quote currency. */
  stopDistance(distance: f64): Order {
    return this.stopAs(StopKind.distance, distance).soundStop(UnsoundCall.stopDistance, distance)
  }

  /** No stop. */
  withoutStop(): Order {
    return this.stopAs(StopKind.none, 0)
  }

  private stopAs(kind: i32, input: f64): Order {
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
    return this.sound(UnsoundCall.targetPrice, price).soundShare(share)
  }

  /** How much to buy or sell, in base units, instead of the document's size. */
  quantity(baseUnits: f64): Order {
    return this.sound(UnsoundCall.quantity, this.baseUnits = baseUnits)
  }

  /** How much to buy or sell, in percent of the account's equity, instead of the document's size. */
  percent(ofEquity: f64): Order {
    return this.sound(UnsoundCall.percent, this.equityPercent = ofEquity)
  }

  /** A word for the trade in the results. */
  tag(word: string): Order {
    this.tagNumber = tagNumber(word)
    return this
  }

  private sound(call: UnsoundCall, number: f64): Order {
    return isFinite(number) ? this : this.refuse(call, number)
  }

  private soundShare(share: f64): Order {
    return share > 0 ? this : this.refuse(UnsoundCall.targetShare, share)
  }

  /** NaN is refused when the order fills, like a document's stop that is not known yet. */
  private soundStop(call: UnsoundCall, number: f64): Order {
    return number == number ? this.sound(call, number) : this.note(call, number)
  }

  private refuse(call: UnsoundCall, number: f64): Order {
    this.isUnsound = true
    return this.note(call, number)
  }

  private note(call: UnsoundCall, number: f64): Order {
    if (this.unsoundCall != UnsoundCall.none) return this
    this.unsoundCall = call
    this.unsoundValue = number
    return this
  }
}
