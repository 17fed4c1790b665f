import type { Candle } from "../market/candle.ts"
import { decimalFrom } from "../decimal.ts"

/** A correction of a closed minute that the exchange already published; decimal texts (F63). */
export type Correction = { open?: string; high?: string; low?: string; close?: string; volume?: string }

/** What is wrong with the candles a market publishes. Nothing that trades is affected. */
export class CandleTrouble {
  /** Pages begin with earlier candles, and each newest candle comes twice (F61). */
  isOverlapping = false
  private readonly corrections = new Map<number, Correction>()

  correct(openTimeMs: number, correction: Correction): void {
    this.corrections.set(openTimeMs, correction)
  }

  /** A minute as published. */
  published(minute: Candle | undefined): Candle | undefined {
    const correction = minute && this.corrections.size > 0 ? this.corrections.get(minute.openTimeMs) : undefined
    if (!correction) return minute
    return {
      ...minute!,
      ...Object.fromEntries(Object.entries(correction).map(([name, text]) => [name, decimalFrom(text)])),
    }
  }
}
