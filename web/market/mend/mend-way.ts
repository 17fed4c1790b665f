import type { CandleDefect, DefectKind } from "#engine/candles"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import type { TimeRange } from "#engine/candles"
import { candleCount, touchedBy } from "./defect-words.ts"
import type { WantedMend } from "./mend-worker.ts"

/**
 * A way to deal with defects of one kind: the verb on its button for one and for all, and the message when it is
 * done.
 */
export type MendWay = {
  how: WantedMend["how"]
  verb: string
  verbAll: string
  done: (defects: CandleDefect[]) => string
}

const leave: MendWay = {
  how: "leave",
  verb: "Leave",
  verbAll: "Leave all",
  done: (defects) => (defects.length === 1 ? "Left as it is." : `${defects.length} left as they are.`),
}
const ways: Partial<Record<DefectKind, MendWay>> = {
  gap: {
    how: "fill-flat",
    verb: "Fill flat",
    verbAll: "Fill all flat",
    done: (defects) => `${candleCount(touchedBy(defects))} filled flat and marked.`,
  },
  spike: {
    how: "cut-wicks",
    verb: "Cut the wick",
    verbAll: "Cut all wicks",
    done: (defects) =>
      `${defects.length === 1 ? "One wick" : `${defects.length} wicks`} cut to the candles beside and marked.`,
  },
  unfinished: { how: "drop-last", verb: "Drop it", verbAll: "Drop it", done: () => "The last candle dropped." },
}

/** What can be done about a kind, best first. Closed hours need no mending. */
export function mendWaysOf(kind: DefectKind): MendWay[] {
  const way = ways[kind]
  if (kind === "closed") return []
  return way ? [way, leave] : [leave]
}

/** Whether the market's exchange can be asked for these candles again. */
export function canFetchAgain({ venue, symbol }: SavedMarket, kind: DefectKind): boolean {
  return venue !== undefined && symbol !== undefined && kind !== "closed" && kind !== "no-trades"
}

/** The stretches of time with these defects. */
export function rangesOf(defects: CandleDefect[], timeframeMs: number): TimeRange[] {
  return defects.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs + timeframeMs }))
}

/** Whether the exchange was asked for all of a gap and had nothing. */
export function isEmptyThere({ fetched, timeframeMs }: SavedMarket, { kind, fromMs, toMs }: CandleDefect): boolean {
  return kind === "gap" && fetched.some((range) => range.fromMs <= fromMs && toMs + timeframeMs <= range.toMs)
}
