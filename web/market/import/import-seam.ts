import type { CandleColumns } from "#engine/candles"

/** From here on two files are more likely two markets than one that moved. */
export const STRANGE_JUMP = 5

/**
 * How far prices are apart where candles of one source follow, or coincide with, candles of the other: 1 is equal, 2
 * is double or half. Joined files of one market meet at about 1.
 */
export function seamJump(kept: CandleColumns, added: CandleColumns): number {
  let jump = 1
  let last: { close: number; side: CandleColumns } | undefined
  const meet = (price: number, other: number) => (jump = Math.max(jump, price / other, other / price))
  for (let k = 0, a = 0; k < kept.openTimeMs.length || a < added.openTimeMs.length;) {
    const lead = (kept.openTimeMs[k] ?? Infinity) - (added.openTimeMs[a] ?? Infinity)
    if (lead === 0) meet(kept.close[k++], added.close[a])
    const side = lead < 0 ? kept : added
    const at = lead < 0 ? k++ : a++
    if (last && last.side !== side) meet(last.close, side.open[at])
    last = { close: side.close[at], side }
  }
  return jump
}
