import type { CandleDefect, DefectKind } from "#engine/candles"
import { formatNumber } from "../../ui/number-format.ts"

type KindWords = {
  /** "3 gaps". */
  name: (count: number) => string
  /** What it means for somebody who tests on it, in a sentence or two. */
  meaning: string
}

/** Each kind of oddity in words. */
export const defectWords: Record<DefectKind, KindWords> = {
  gap: {
    name: counted("gap", "gaps"),
    meaning:
      "No candles there: the exchange was down, nobody traded, or a file is incomplete. A test jumps over the gap, and indicators see two distant prices as neighbours.",
  },
  closed: {
    name: () => "Closed hours",
    meaning: "This market has sessions. Its nights and weekends are not gaps and stay as they are.",
  },
  "off-grid": {
    name: counted("stretch off the grid", "stretches off the grid"),
    meaning: "These candles open at other minutes than the rest, as if two sources had been joined.",
  },
  spike: {
    name: counted("spike", "spikes"),
    meaning:
      "One candle reaches far beyond both its neighbours and back: a bad print, or a flash crash that really happened. In a test such a wick triggers stops and targets.",
  },
  jump: {
    name: counted("seam", "seams"),
    meaning:
      "Prices jump and stay there: another market's candles, a split, or a new unit. A test would take it for a gain or a loss.",
  },
  frozen: {
    name: counted("standstill", "standstills"),
    meaning: "The price did not move at all although there is volume: the feed may have been frozen.",
  },
  "no-trades": {
    name: counted("silence", "silences"),
    meaning: "Nobody traded. A test would fill orders here that would really have waited.",
  },
  unfinished: {
    name: () => "An unfinished candle",
    meaning:
      "The last candle was fetched before it closed. Its high, low, close and volume are not those it ended with.",
  },
}

/** How many candles, in words. */
export function candleCount(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? "candle" : "candles"}`
}

/** The number of candles in these defects. */
export function touchedBy(defects: CandleDefect[]): number {
  return defects.reduce((sum, { count }) => sum + count, 0)
}

function counted(one: string, many: string): (count: number) => string {
  return (count) => `${formatNumber(count)} ${count === 1 ? one : many}`
}

/** "2 gaps, 1 spike to look at", of everything above a note; undefined when there is nothing. */
export function waitingFor(defects: CandleDefect[]): string | undefined {
  const grave = defects.filter(({ severity }) => severity !== "note")
  const kinds = [...new Set(grave.map(({ kind }) => kind))]
  if (kinds.length === 0) return undefined
  return `${kinds.map((kind) => defectWords[kind].name(grave.filter((defect) => defect.kind === kind).length).replace(/^An/, "an")).join(", ")} to look at`
}
