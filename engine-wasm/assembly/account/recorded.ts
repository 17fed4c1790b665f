// Trades and refusals as they happen, for the host.
import { set } from "../column"
import { Fill } from "./fill"
import { MarketBook } from "./market-book"
import { RejectedField, TradeField } from "./record"
import { RecordBuffer } from "./record-buffer"

let trades: RecordBuffer = changetype<RecordBuffer>(0)
let rejections: RecordBuffer = changetype<RecordBuffer>(0)
let intents: RecordBuffer = changetype<RecordBuffer>(0)
let tally: Tally = changetype<Tally>(0)

/** What trades come to, for a run that keeps no tape of them. */
@unmanaged
export class Tally {
  count: f64
  wins: f64
  grossProfit: f64
  grossLoss: f64
  profit: f64

  @inline add(profit: f64): void {
    this.count += 1
    this.profit += profit
    if (profit > 0) {
      this.wins += 1
      this.grossProfit += profit
    } else this.grossLoss += profit
  }
}

/** Says where trades are added up instead of written; refusals are not kept then. */
export function useTally(to: Tally): void {
  tally = to
}

/** Says where trades, refusals and (live) intents are written. */
export function useRecords(tradeBuffer: RecordBuffer, rejectionBuffer: RecordBuffer, intentBuffer: RecordBuffer): void {
  trades = tradeBuffer
  rejections = rejectionBuffer
  intents = intentBuffer
  tally = changetype<Tally>(0)
}

/** A fresh row for an intent. */
export function recordIntent(): usize {
  return intents.append()
}

/** One trade of the run's tape. */
// @ts-ignore: decorator
@inline
export function recordTrade(book: MarketBook, fill: Fill, reason: i32, sold: f64, share: f64, profit: f64, fee: f64): void {
  if (changetype<usize>(tally) != 0) return tally.add(profit)
  const row = trades.append()
  set(row, TradeField.market, book.number)
  set(row, TradeField.side, book.side)
  set(row, TradeField.quantity, sold)
  set(row, TradeField.entryTimeMs, book.entryTimeMs)
  set(row, TradeField.entryPrice, book.entryPrice)
  set(row, TradeField.exitTimeMs, fill.timeMs)
  set(row, TradeField.exitPrice, fill.price)
  set(row, TradeField.exitReason, reason)
  set(row, TradeField.profit, profit)
  set(row, TradeField.feesPaid, (book.entryFees + book.coinFees) * share + fee)
  set(row, TradeField.slippagePaid, book.entrySlippage * share + abs(fill.price - fill.priceBefore) * sold)
  set(row, TradeField.initialRisk, book.initialRisk * share)
  set(row, TradeField.entryTag, book.entryTag)
}

/** Records why an order was not placed. */
export function reject(book: MarketBook, timeMs: f64, reason: i32): void {
  if (changetype<usize>(tally) != 0 || rejections.room() == 0) return
  const row = rejections.append()
  set(row, RejectedField.timeMs, timeMs)
  set(row, RejectedField.market, book.number)
  set(row, RejectedField.reason, reason)
}
