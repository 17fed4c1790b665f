// All markets' books, one after another in the state: everything the account owns.
import { Account } from "./account"
import { MarketBook, worth } from "./market-book"

let first: usize = 0
let bytes: usize = 0
let count: i32 = 0

/** Sets the address of the books. */
export function useBooks(firstBook: usize, bookBytes: usize, bookCount: i32): void {
  first = firstBook
  bytes = bookBytes
  count = bookCount
}

export function bookCount(): i32 {
  return count
}

// @ts-ignore: decorator
@inline
export function bookOf(n: i32): MarketBook {
  return changetype<MarketBook>(first + <usize>n * bytes)
}

/** The account's equity with every position at its market's last close. */
export function equityNow(account: Account): f64 {
  let equity = account.cash
  for (let n = 0; n < count; n++) {
    const book = bookOf(n)
    if (book.side != 0) equity += worth(book, book.lastClose)
    if (book.dust != 0) equity += book.dust * book.lastClose
  }
  return equity
}

/** The most that resting orders of candles under way may cost: nobody else may use it. Quote currency. */
export function setAsideNow(account: Account): f64 {
  let sum: f64 = 0
  if (account.setAsideCount == 0) return sum
  for (let n = 0; n < count; n++) sum += bookOf(n).setAside
  return sum
}
