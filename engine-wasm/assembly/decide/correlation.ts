// Two markets that move together are one bet made twice: an entry is refused where its returns follow those of an
// open position.
import { setting } from "../account/account"
import { bookCount, bookOf } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { Setting } from "../account/setting"

const FEWEST_RETURNS: i32 = 20

/** Whether the market moves with one that has a position or an entry waiting. */
export function isCorrelated(book: MarketBook): bool {
  const limit = setting(Setting.maxCorrelation)
  if (limit == 0) return false
  for (let n = 0; n < bookCount(); n++) {
    const other = bookOf(n)
    if (n == book.number || (other.side == 0 && other.entry.kind == IntentKind.none)) continue
    if (correlation(book, other) > limit) return true
  }
  return false
}

/** Pearson correlation of the returns between closes both markets have; NaN with fewer than twenty. */
function correlation(a: MarketBook, b: MarketBook): f64 {
  const count = commonReturns(a, b)
  if (count < FEWEST_RETURNS) return NaN
  const meanA = meanOf(RETURNS_A, count)
  const meanB = meanOf(RETURNS_B, count)
  let both: f64 = 0
  let ofA: f64 = 0
  let ofB: f64 = 0
  for (let n = 0; n < count; n++) {
    const da = load<f64>(RETURNS_A + ((<usize>n) << 3)) - meanA
    const db = load<f64>(RETURNS_B + ((<usize>n) << 3)) - meanB
    both += da * db
    ofA += da * da
    ofB += db * db
  }
  return both / sqrt(ofA * ofB)
}

const RETURNS_A = memory.data(408)
const RETURNS_B = memory.data(408)

function meanOf(returns: usize, count: i32): f64 {
  let sum: f64 = 0
  for (let n = 0; n < count; n++) sum += load<f64>(returns + ((<usize>n) << 3))
  return sum / <f64>count
}

/** Fills both lists with returns between closes at the same times, oldest first; returns how many. */
function commonReturns(a: MarketBook, b: MarketBook): i32 {
  const keptA = a.keptCloses
  const keptB = b.keptCloses
  let count = -1
  let lastA: f64 = 0
  let lastB: f64 = 0
  let j = 0
  for (let i = 0; i < keptA.count; i++) {
    const place = keptA.place(i)
    while (j < keptB.count && load<f64>(keptB.place(j)) < load<f64>(place)) j++
    if (j == keptB.count) break
    if (load<f64>(keptB.place(j)) != load<f64>(place)) continue
    const closeA = load<f64>(place + 8)
    const closeB = load<f64>(keptB.place(j) + 8)
    if (count >= 0) {
      store<f64>(RETURNS_A + ((<usize>count) << 3), closeA / lastA - 1)
      store<f64>(RETURNS_B + ((<usize>count) << 3), closeB / lastB - 1)
    }
    count += 1
    lastA = closeA
    lastB = closeB
  }
  return max(count, 0)
}
