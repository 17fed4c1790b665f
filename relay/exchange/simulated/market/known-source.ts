import type { SymbolRules } from "./symbol-rules.ts"
import type { CandleSource, MinuteCandle } from "./candle-source.ts"

/**
 * A source that can be made to know no more than it once did: what happened before a restart is repeated without the
 * minutes that became known after it.
 */
export class KnownSource implements CandleSource {
  private untilMs = Infinity

  constructor(private readonly source: CandleSource) {}

  get firstMs(): number {
    return this.source.firstMs
  }

  get knownUntilMs(): number | undefined {
    return this.source.knownUntilMs
  }

  minute(rules: SymbolRules, openTimeMs: number): MinuteCandle | undefined {
    return openTimeMs < this.untilMs ? this.source.minute(rules, openTimeMs) : undefined
  }

  /** Does something as if the source ended at a time, in UTC milliseconds. */
  asOf(untilMs: number, act: () => void): void {
    this.untilMs = untilMs
    try {
      act()
    } finally {
      this.untilMs = Infinity
    }
  }
}
