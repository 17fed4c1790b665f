import type { ChartColumns } from "../run/chart-columns.ts"
import { formatSignedPercent } from "../ui/number-format.ts"
import type { ChartPalette } from "./chart-palette.ts"
import type { Pen } from "./painter.ts"
import { profitOf, type TradeMark, type TradeMarker, tradeMarkers, type TradePlace } from "./trade-marker.ts"

export type DrawnMarker = TradeMarker & { x: number; y: number }

export type TradeScene = {
  trades: readonly TradeMark[]
  places: readonly TradePlace[]
  columns: ChartColumns
  lit: number | undefined
}

const HALF_PX = 5
const GAP_PX = 7
/** With more exits in view than this, their labels would overlap. */
const MOST_WITH_WORDS = 12

/** Draws entries and exits by the candles and returns their places, for the pointer. */
export function paintTrades(pen: Pen, scene: TradeScene, palette: ChartPalette): DrawnMarker[] {
  const { trades, places, lit } = scene
  const markers = tradeMarkers(trades, places, pen).map((marker) => placed(pen, marker, scene))
  const withWords = markers.filter(({ isEntry }) => !isEntry).length <= MOST_WITH_WORDS
  pen.context.font = '11px "Inter Variable", system-ui, sans-serif'
  pen.context.textAlign = "center"
  const isLit = (marker: TradeMarker) => lit !== undefined && marker.trades.includes(lit)
  for (const marker of markers) {
    const [colour, isHollow] = [colourOf(marker, trades, palette), isShort(marker, trades)]
    paintMarker(pen, marker, { colour, isLit: isLit(marker), isHollow })
  }
  const labels = markers.flatMap((marker) => {
    const words = wordsOf(marker, trades, withWords)
    return words ? [{ ...labelBox(pen, marker, words), words, isFirst: isLit(marker) }] : []
  })
  for (const label of labelsApart(labels)) paintWords(pen, label, palette)
  return markers
}

/** A label's place: the middle of its width, and its upper edge. */
export type LabelBox = { middle: number; top: number; half: number; isFirst: boolean }

/** The labels that touch no other; of two that would, the lit trade's stays, else the later one. */
export function labelsApart<Label extends LabelBox>(labels: readonly Label[]): Label[] {
  const kept: Label[] = []
  for (const label of labels.toReversed().toSorted((one, other) => Number(other.isFirst) - Number(one.isFirst)))
    if (!kept.some((each) => touches(each, label))) kept.push(label)
  return kept
}

function touches(one: LabelBox, other: LabelBox): boolean {
  const isBeside = Math.abs(one.middle - other.middle) >= one.half + other.half + LABEL_GAP_PX
  return !isBeside && Math.abs(one.top - other.top) < LABEL_PX
}

const LABEL_PX = 14
const LABEL_GAP_PX = 3

/** The line from the selected trade's entry to its exit. */
export function paintLitTrade(pen: Pen, { trades, places, lit }: TradeScene, palette: ChartPalette): void {
  if (lit === undefined || !trades[lit]) return
  const { context, x, y } = pen
  context.beginPath()
  context.moveTo(x(places[lit].entryBar), y(trades[lit].entryPrice))
  context.lineTo(x(places[lit].exitBar), y(trades[lit].exitPrice))
  context.strokeStyle = palette.accent
  context.lineWidth = 2
  context.setLineDash([6, 4])
  context.stroke()
  context.setLineDash([])
}

/** The nearest arrow within reach of a finger. */
export function markerAt(markers: readonly DrawnMarker[], x: number, y: number): DrawnMarker | undefined {
  const reach = (marker: DrawnMarker) => Math.hypot(marker.x - x, marker.y - y)
  const near = markers.filter((marker) => reach(marker) < 14).toSorted((one, other) => reach(one) - reach(other))
  return near[0]
}

function placed({ x, y, height }: Pen, marker: TradeMarker, { columns, places, trades }: TradeScene): DrawnMarker {
  const bars = marker.trades.map((trade) => barOfMark(marker, places[trade], trades[trade]))
  const prices = bars.map((bar) => (marker.isPurchase ? columns.low[bar] : columns.high[bar]))
  const edge = marker.isPurchase ? Math.max(...prices.map(y)) + GAP_PX : Math.min(...prices.map(y)) - GAP_PX
  const middle = (x(bars[0]) + x(bars[bars.length - 1])) / 2
  return { ...marker, x: middle, y: Math.max(HALF_PX + 2, Math.min(height - HALF_PX - 2, edge)) }
}

function barOfMark({ isPurchase }: TradeMarker, { entryBar, exitBar }: TradePlace, { side }: TradeMark): number {
  return isPurchase === (side === "long") ? entryBar : exitBar
}

function colourOf(marker: TradeMarker, trades: readonly TradeMark[], palette: ChartPalette): string {
  if (marker.isEntry) return palette["ink-strong"]
  return profitOf(marker, trades) >= 0 ? palette.gain : palette.loss
}

function isShort({ trades: [first] }: TradeMarker, trades: readonly TradeMark[]): boolean {
  return trades[first].side === "short"
}

type MarkerLook = { colour: string; isLit: boolean; isHollow: boolean }

function paintMarker({ context }: Pen, { x, y, isPurchase }: DrawnMarker, { colour, isLit, isHollow }: MarkerLook) {
  const half = isLit ? HALF_PX * 1.5 : HALF_PX
  const tip = isPurchase ? y - half : y + half
  const base = isPurchase ? y + half : y - half
  context.beginPath()
  context.moveTo(x, tip)
  context.lineTo(x + half, base)
  context.lineTo(x - half, base)
  context.closePath()
  context.fillStyle = context.strokeStyle = colour
  context.lineWidth = 1.5
  if (isHollow) context.stroke()
  else context.fill()
}

function wordsOf(marker: TradeMarker, trades: readonly TradeMark[], withWords: boolean): string | undefined {
  if (marker.trades.length > 1) return marker.trades.length < 100 ? String(marker.trades.length) : undefined
  return withWords && !marker.isEntry ? formatSignedPercent(trades[marker.trades[0]].profitPercent) : undefined
}

function labelBox({ context, width }: Pen, { x, y, isPurchase }: DrawnMarker, words: string) {
  const half = context.measureText(words).width / 2
  const middle = Math.max(half, Math.min(width - half, x))
  const [below, above] = [y + HALF_PX + 3, y - HALF_PX - 3 - LABEL_PX]
  return { half, middle, top: isPurchase || above < 0 ? below : above }
}

function paintWords({ context }: Pen, label: LabelBox & { words: string }, palette: ChartPalette) {
  const { words, middle, top } = label
  context.textBaseline = "middle"
  const at = top + LABEL_PX / 2
  // Candles behind the labels would make them hard to read.
  context.strokeStyle = palette["surface-0"]
  context.lineWidth = 3
  context.strokeText(words, middle, at)
  context.fillStyle = palette["ink-soft"]
  context.fillText(words, middle, at)
}
