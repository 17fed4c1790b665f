/**
 * A time an exchange sends in ms or, on some streams, in µs (F69), as UTC ms. The magnitude decides: 10^14 ms is the
 * year 5138.
 */
export function streamTimeMs(time: number): number {
  return time >= 1e14 ? Math.floor(time / 1000) : time
}

/** The change from an earlier price in percent; 0 where there was none. */
export function changePercent(price: number, earlier: number): number {
  return earlier > 0 ? (price / earlier - 1) * 100 : 0
}
