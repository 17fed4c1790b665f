// What an entry's stop, size and targets are: the document's, or those a strategy in code gave with its order.
import { setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { Setting } from "../account/setting"
import { HAS_CODE } from "../has-code"
import { heldTermsOf, waitingTermsOf } from "../code/strategies"

/** The StopKind of a waiting entry. */
// @ts-ignore: decorator
@inline
export function stopKindOf(book: MarketBook): i32 {
  if (HAS_CODE && waitingTermsOf(book.number).stopKind >= 0) return waitingTermsOf(book.number).stopKind
  return <i32>setting(Setting.stopKind)
}

/** Base units a waiting entry asks for by itself; NaN: the document's size. `payable`: price with the fee. */
export function ownQuantity(book: MarketBook, equity: f64, payable: f64): f64 {
  if (!HAS_CODE) return NaN
  const terms = waitingTermsOf(book.number)
  return terms.baseUnits == terms.baseUnits ? terms.baseUnits : (equity * terms.equityPercent) / 100 / payable
}

/** How many take-profit levels the position has. */
// @ts-ignore: decorator
@inline
export function targetCountOf(book: MarketBook): i32 {
  if (HAS_CODE && heldTermsOf(book.number).targetCount > 0) return heldTermsOf(book.number).targetCount
  return <i32>setting(Setting.targetCount)
}

/** Gain of target n over the entry, in percent; NaN where the target is a price. */
// @ts-ignore: decorator
@inline
export function targetPercentOf(book: MarketBook, n: i32): f64 {
  if (HAS_CODE && heldTermsOf(book.number).targetCount > 0) return NaN
  return setting(Setting.targetPercents + n)
}

/** Share of what is still open that target n takes. */
// @ts-ignore: decorator
@inline
export function targetShareOf(book: MarketBook, n: i32): f64 {
  if (HAS_CODE && heldTermsOf(book.number).targetCount > 0) return heldTermsOf(book.number).targetShares[n]
  return setting(Setting.targetShares + n)
}

/** The entry has filled: its terms are now the position's. */
export function holdTerms(book: MarketBook): void {
  const held = heldTermsOf(book.number)
  held.copyFrom(waitingTermsOf(book.number))
  for (let n = 0; n < held.targetCount; n++) book.setWaitingTarget(n, held.targetPrices[n])
}

/** Percent of equity that a waiting adjustment brings the position to. */
export function waitingPercentOf(book: MarketBook): f64 {
  return waitingTermsOf(book.number).equityPercent
}
