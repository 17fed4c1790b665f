import { MINUTE_MS } from "#engine/candles"
import { type Candle, flatCandle } from "./candle.ts"
import { candleOfMinute } from "./candle-past.ts"
import type { CandleSource, MinuteCandle } from "./candle-source.ts"
import type { Decimal } from "../decimal.ts"
import type { SymbolRules } from "./symbol-rules.ts"

const MOST_TICKS = Number.MAX_SAFE_INTEGER
/** Levels closer than this are one level: a price has few digits more. */
const SAME_LEVEL = 1e-9

/**
 * A stretch of minutes (`toMs` excluded) that follow the source at a level that price stories have moved it to, or
 * that are flat at one price because nobody traded.
 */
export type Outlined = { fromMs: number; toMs: number } & ({ level: number } | { flatAt: Decimal })

/** Minutes of one market that are not kept, since the source can make them again. */
export class CandleOutline {
  private readonly stretches: Outlined[] = []

  constructor(
    private readonly rules: SymbolRules,
    private readonly source: CandleSource,
  ) {}

  /** Adds a stretch; one that continues the last becomes part of it. */
  add(added: Outlined): void {
    const last = this.stretches.at(-1)
    if (last && last.toMs === added.fromMs && isAlike(last, added)) last.toMs = added.toMs
    else this.stretches.push(added)
  }

  /** The minute, if it is in a stretch and the source has it. */
  minute(openTimeMs: number): Candle | undefined {
    const stretch = this.stretches.find(({ fromMs, toMs }) => openTimeMs >= fromMs && openTimeMs < toMs)
    if (!stretch) return undefined
    if ("flatAt" in stretch) return flatCandle(openTimeMs, MINUTE_MS, stretch.flatAt)
    const minute = this.source.minute(this.rules, openTimeMs)
    return minute && candleOfMinute(this.rules, atLevel(minute, stretch.level), openTimeMs)
  }

  /** How far a candle is from the source's, as a factor; 1 when nothing is known. */
  levelOf(candle: Candle | undefined): number {
    const minute = candle && this.source.minute(this.rules, candle.openTimeMs)
    return minute ? Number(candle.open / this.rules.tickSize) / minute.open : 1
  }
}

/** A minute of the source, moved. */
export function atLevel(minute: MinuteCandle, level: number): MinuteCandle {
  if (level === 1) return minute
  const moved = (ticks: number) => Math.min(MOST_TICKS, Math.max(1, Math.round(ticks * level)))
  const { open, high, low, close, volume } = minute
  return { open: moved(open), high: moved(high), low: moved(low), close: moved(close), volume }
}

function isAlike(one: Outlined, other: Outlined): boolean {
  if ("flatAt" in one || "flatAt" in other) return "flatAt" in one && "flatAt" in other && one.flatAt === other.flatAt
  return Math.abs(one.level - other.level) < SAME_LEVEL
}
