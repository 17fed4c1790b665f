import { type CandleDefect, countBefore } from "#engine/candles"
import type { SavedMarket } from "../db/market-catalogue.ts"
import type { Inspection } from "./mend/mend-worker.ts"

/** A stretch of time in view, UTC ms, `toMs` excluded. */
export type View = { fromMs: number; toMs: number }
/** The states of a part of the strip; the more important covers the less important. */
export type BandKind = "none" | "candles" | "filled" | "gap"
export type Band = { kind: BandKind; from: number; to: number }
/** Something odd about candles that are there. */
export type Mark = {
  kind: Exclude<CandleDefect["kind"], "gap" | "closed">
  from: number
  to: number
  defect: CandleDefect
}

const order: BandKind[] = ["none", "candles", "filled", "gap"]

/**
 * The strip as neighbouring bands, each as wide as one or more of `bins` equal parts of the view; places are shares
 * of it, 0 to 1. A gap of one candle still takes a whole part.
 */
export function bandsOf(market: SavedMarket, { defects, left, mends }: Inspection, view: View, bins: number): Band[] {
  const parts = new Uint8Array(bins)
  const paint = (kind: BandKind, fromMs: number, toMs: number) => {
    const [first, last] = partsOf(view, bins, fromMs, toMs)
    for (let part = first; part <= last; part++) parts[part] = Math.max(parts[part], order.indexOf(kind))
  }
  paint("candles", market.fromMs, endOf(market))
  for (const { kind, timesMs } of mends) {
    if (kind === "filled-flat")
      for (const time of timesMs.subarray(countBefore(timesMs, view.fromMs), countBefore(timesMs, view.toMs)))
        paint("filled", time, time + market.timeframeMs)
  }
  for (const { kind, fromMs, toMs } of [...defects, ...left])
    if (kind === "gap") paint("gap", fromMs, toMs + market.timeframeMs)
  return joined(parts)
}

/** The marks above the band: everything odd in view but gaps, in order of time; of many in one place the gravest. */
export function marksOf({ timeframeMs }: SavedMarket, { defects }: Inspection, view: View, bins: number): Mark[] {
  const marks = new Map<number, Mark>()
  for (const defect of defects) {
    if (
      defect.kind === "gap" ||
      defect.kind === "closed" ||
      defect.toMs + timeframeMs <= view.fromMs ||
      defect.fromMs >= view.toMs
    )
      continue
    const [first, last] = partsOf(view, bins, defect.fromMs, defect.toMs + timeframeMs)
    const there = marks.get(first)
    if (!there || gravity(defect) > gravity(there.defect))
      marks.set(first, { kind: defect.kind, from: first / bins, to: (last + 1) / bins, defect })
  }
  return [...marks.values()]
}

/** A part of a view around its middle, or around a moment; never outside the market, never less than 20 candles. */
export function zoomed(
  market: SavedMarket,
  view: View,
  { factor = 1, aroundMs = (view.fromMs + view.toMs) / 2 }: { factor?: number; aroundMs?: number },
): View {
  const whole = wholeView(market)
  const length = Math.min(
    whole.toMs - whole.fromMs,
    Math.max(20 * market.timeframeMs, (view.toMs - view.fromMs) * factor),
  )
  const fromMs = Math.max(whole.fromMs, Math.min(whole.toMs - length, aroundMs - length / 2))
  return { fromMs, toMs: fromMs + length }
}

/** All a market has. */
export function wholeView(market: SavedMarket): View {
  return { fromMs: market.fromMs, toMs: endOf(market) }
}

function endOf({ toMs, timeframeMs }: SavedMarket): number {
  return toMs + timeframeMs
}

/** The first and the last part a stretch touches; none (last before first) when it is out of view. */
function partsOf({ fromMs, toMs }: View, bins: number, startMs: number, endMs: number): [first: number, last: number] {
  const scale = bins / (toMs - fromMs)
  if (endMs <= fromMs || startMs >= toMs) return [0, -1]
  return [
    Math.max(0, Math.floor((startMs - fromMs) * scale)),
    Math.min(bins - 1, Math.ceil((endMs - fromMs) * scale) - 1),
  ]
}

function joined(parts: Uint8Array): Band[] {
  const bands: Band[] = []
  parts.forEach((kind, at) => {
    const last = bands.at(-1)
    if (last?.kind === order[kind]) last.to = (at + 1) / parts.length
    else bands.push({ kind: order[kind], from: at / parts.length, to: (at + 1) / parts.length })
  })
  return bands
}

function gravity({ severity }: CandleDefect): number {
  return ["note", "careful", "serious"].indexOf(severity)
}
