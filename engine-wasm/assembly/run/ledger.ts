// Everything a run has: its account, its markets with their next events, and the record buffers.
import { Account } from "../account/account"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { RecordBuffer } from "../account/record-buffer"
import { MarketSetting } from "../account/setting"
import { MarketRun } from "../rules/market-run"
import { Agenda } from "./agenda"

@unmanaged
export class Ledger {
  account: Account
  marketCount: i32
  /** MarketRun of each market, one after another (scratch). */
  runs: usize
  /** MarketBook of each market (state). */
  books: usize
  bookBytes: usize
  /** Agenda of each market, and the addresses of those that are due (scratch). */
  agendas: usize
  dues: usize
  dueCount: i32
  /** How many agendas have something pending. */
  pendingCount: i32
  /** When the last of all markets' candles end: from the host, Infinity if unknown. */
  endMs: f64
  /** The moment the last block reached (scratch). */
  reachedMs: f64
  equityTimes: RecordBuffer
  equity: RecordBuffer
  trades: RecordBuffer
  rejections: RecordBuffer
  intents: RecordBuffer

  @inline run(n: i32): MarketRun {
    return changetype<MarketRun>(this.runs + <usize>n * offsetof<MarketRun>())
  }

  @inline book(n: i32): MarketBook {
    return changetype<MarketBook>(this.books + <usize>n * this.bookBytes)
  }

  @inline agenda(n: i32): Agenda {
    return changetype<Agenda>(this.agendas + <usize>n * offsetof<Agenda>())
  }

  /** The k-th market with an event now. */
  @inline due(k: i32): Agenda {
    return changetype<Agenda>(<usize>load<u32>(this.dues + ((<usize>k) << 2)))
  }

  @inline addDue(agenda: Agenda): void {
    store<u32>(this.dues + ((<usize>this.dueCount) << 2), <u32>changetype<usize>(agenda))
    this.dueCount += 1
  }
}

/** Lays out the next events of each market, once its runs and books have their places. */
export function startAgendas(ledger: Ledger): void {
  ledger.endMs = -Infinity
  ledger.reachedMs = -Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    ledger.agenda(n).run = ledger.run(n)
    ledger.agenda(n).book = ledger.book(n)
    ledger.endMs = max(ledger.endMs, marketSetting(n, MarketSetting.endMs))
  }
}
