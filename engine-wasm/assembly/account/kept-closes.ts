// The last closes of a market, for the correlation limit. State, after the market's book.

/** Closes kept of each market: fifty returns. */
const MOST_KEPT: i32 = 51
/** Time and close of a kept candle. */
const KEPT_BYTES: usize = 16

@unmanaged
export class KeptCloses {
  /** Number of closes so far; the last fifty-one are kept. */
  seen: f64

  /** Keeps a strategy candle's close. */
  keep(closesAtMs: f64, close: f64): void {
    const place = this.ring(this.seen)
    store<f64>(place, closesAtMs)
    store<f64>(place + 8, close)
    this.seen += 1
  }

  /** How many are kept. */
  get count(): i32 {
    return <i32>min(this.seen, <f64>MOST_KEPT)
  }

  /** Address of the i-th oldest: its time, then its close. */
  place(i: i32): usize {
    return this.ring(this.seen - <f64>this.count + <f64>i)
  }

  private ring(n: f64): usize {
    return changetype<usize>(this) + offsetof<KeptCloses>() + <usize>(<i32>(n % <f64>MOST_KEPT)) * KEPT_BYTES
  }
}

/** Bytes of a market's kept closes. */
export const KEPT_CLOSES_BYTES: usize = 8 + 51 * 16
