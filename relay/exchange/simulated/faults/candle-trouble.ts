import type { Candle } from "../market/candle.ts"
import { decimalFrom } from "../decimal.ts"

/** What an exchange says a closed minute was, after having said something else; decimal texts (F63). */
export type Correction = { open?: string; high?: string; low?: string; close?: string; volume?: string }

/** What is wrong with the candles a market answers with. Nothing that trades is touched. */
export class CandleTrouble {
  /** Pages begin with candles of before, and each newest candle comes twice (F61). */
  isOverlapping = false
  private readonly corrections = new Map<number, Correction>()

  correct(openTimeMs: number, correction: Correction): void {
    this.corrections.set(openTimeMs, correction)
  }

  /** A minute as it is told. */
  told(minute: Candle | undefined): Candle | undefined {
    const correction = minute && this.corrections.size > 0 ? this.corrections.get(minute.openTimeMs) : undefined
    if (!correction) return minute
    return {
      ...minute!,
      ...Object.fromEntries(Object.entries(correction).map(([name, text]) => [name, decimalFrom(text)])),
    }
  }
}
