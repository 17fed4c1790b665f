import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { MarketBook } from "../account/market-book"

/** The next events of one market in this block. Scratch, not state; times are Infinity where nothing comes. */
@unmanaged
export class Agenda {
  run: MarketRun
  book: MarketBook
  /** The clock by whose candles orders fill. */
  clock: Clock
  strategy: Clock
  /** Candles of that clock that have ended, and strategy candles already decided on. */
  done: i32
  /** 1: something may be bought inside the newly opened candle, and nothing is set aside for it yet. */
  isPending: i32
  decided: i32
  /** When the next candle opens, the opened one ends, the next strategy candle closes, the market's data end. */
  opensMs: f64
  endsMs: f64
  closesMs: f64
  leavesMs: f64
  /** The earliest of these. */
  nextMs: f64
  /** even-markets.ts: its next event, and before which candle its book is up to date. */
  event: i32
  upTo: i32
}
