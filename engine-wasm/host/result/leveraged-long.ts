import { formatShort } from "../candles/number-format.ts"

/**
 * What a run with leverage leaves out of its longs, as a sentence, or undefined where it leaves out nothing: in
 * freqtrade's fills leverage moves a long's stop and targets and has no margin to lose (docs/fills.md).
 */
export function leveragedLongGap({ fills, leverage }: { fills: string; leverage: number }): string | undefined {
  if (fills !== "freqtrade" || leverage <= 1) return undefined
  return `Freqtrade's fills never liquidate a long: at ${formatShort(leverage)}× its stop and targets move closer, but it is paid in full. On an exchange a fall of about ${formatShort(100 / leverage)} % would take its whole margin, and a price that jumps past the stop loses more here than that margin.`
}
