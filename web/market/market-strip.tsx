import type { CSSProperties } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { classNames } from "../ui/class-names.ts"
import { formatNumber, formatPercent } from "../ui/number-format.ts"
import { candleCount, defectWords, touchedBy } from "./mend/defect-words.ts"
import { type BandKind, bandsOf, type Mark, marksOf, type View } from "./market-strip-band.ts"
import type { Inspection } from "./mend/mend-worker.ts"

const BINS = 400

type StripProps = {
  market: SavedMarket
  inspection: Inspection
  view: View
  className: string
  onPick?: (mark: Mark) => void
}

/**
 * A market's time as one horizontal band: where there are candles, where none, what was filled, and above it what is
 * odd. Patterns and shapes say it too, not colour alone.
 */
export function MarketStrip({ market, inspection, view, className, onPick }: StripProps) {
  return (
    <div
      role="img"
      aria-label={stripInWords(market, inspection)}
      className={classNames("relative w-full overflow-hidden", className)}
    >
      <div className="absolute inset-x-0 top-2 bottom-0">
        {bandsOf(market, inspection, view, BINS).map(({ kind, from, to }) => (
          <div key={from} style={{ ...place(from, to), ...bandLooks[kind] }} className="absolute inset-y-0" />
        ))}
      </div>
      {marksOf(market, inspection, view, BINS).map((mark) => (
        <div
          key={`${mark.from} ${mark.kind}`}
          title={mark.defect.words}
          onClick={() => onPick?.(mark)}
          style={{ ...place(mark.from, mark.to), ...markLooks[mark.kind] }}
          className="absolute top-0 min-w-1"
        />
      ))}
    </div>
  )
}

/** The legend of a strip's patterns, for those that occur in it. */
export function StripLegend({ market, inspection }: Pick<StripProps, "market" | "inspection">) {
  const { defects, left, mends } = inspection
  const missing = touchedBy([...defects, ...left].filter(({ kind }) => kind === "gap"))
  const filled = mends.reduce((sum, { kind, count }) => sum + (kind === "filled-flat" ? count : 0), 0)
  const kinds = [...new Set(defects.map(({ kind }) => kind))].filter((kind) => kind !== "gap" && kind !== "closed")
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-soft">
      <LegendItem look={bandLooks.candles} words={candleCount(market.candleCount - filled)} />
      {missing > 0 && <LegendItem look={bandLooks.gap} words={`${formatNumber(missing)} missing`} />}
      {filled > 0 && <LegendItem look={bandLooks.filled} words={`${formatNumber(filled)} filled flat`} />}
      {kinds.map((kind) => (
        <LegendItem
          key={kind}
          look={markLooks[kind as Mark["kind"]]}
          words={defectWords[kind].name(defects.filter((defect) => defect.kind === kind).length)}
        />
      ))}
    </ul>
  )
}

function LegendItem({ look, words }: { look: CSSProperties; words: string }) {
  return (
    <li className="inline-flex items-center gap-2">
      <span aria-hidden style={{ height: 10, ...look }} className="inline-block w-4" />
      {words}
    </li>
  )
}

/** The strip in a sentence, for those who do not see it. */
function stripInWords(market: SavedMarket, { defects, left, mends }: Inspection): string {
  const gaps = [...defects, ...left].filter(({ kind }) => kind === "gap")
  const filled = mends.reduce((sum, { kind, count }) => sum + (kind === "filled-flat" ? count : 0), 0)
  const missing = touchedBy(gaps)
  const there = market.candleCount - filled
  const parts = [`${formatPercent((100 * there) / (market.candleCount + missing))} of the time has candles`]
  if (gaps.length > 0) parts.push(`${defectWords.gap.name(gaps.length)} of ${candleCount(missing)}`)
  if (filled > 0) parts.push(`${candleCount(filled)} filled flat`)
  for (const kind of new Set(defects.map((defect) => defect.kind))) {
    if (kind !== "gap" && kind !== "closed")
      parts.push(defectWords[kind].name(defects.filter((defect) => defect.kind === kind).length).toLowerCase())
  }
  return `${market.name}: ${parts.join(", ")}.`
}

const stripes = (angle: number, colour: string, on: number, off: number) =>
  `repeating-linear-gradient(${angle}deg, ${colour} 0 ${on}px, transparent ${on}px ${on + off}px)`
const around = (colour: string, style: "solid" | "dashed") => ({ outline: `1px ${style} ${colour}`, outlineOffset: -1 })

const bandLooks: Record<BandKind, CSSProperties> = {
  none: {},
  candles: { background: "var(--control-line)" },
  filled: { background: stripes(45, "var(--info)", 2, 3), ...around("var(--info)", "solid") },
  gap: around("var(--loss)", "dashed"),
}

const markLooks: Record<Mark["kind"], CSSProperties> = {
  spike: {
    height: 10,
    background: "var(--loss)",
    clipPath: "polygon(50% 100%, 0 0, 100% 0)",
    minWidth: 8,
    marginLeft: -3,
  },
  jump: { height: "100%", background: "var(--loss)", maxWidth: 2, minWidth: 2 },
  "off-grid": { height: 6, background: stripes(90, "var(--warn)", 2, 2) },
  frozen: { height: 3, background: "var(--warn)", marginTop: 2 },
  "no-trades": { height: 3, background: stripes(90, "var(--info)", 2, 3), marginTop: 2 },
  unfinished: {
    height: 10,
    background: "var(--warn)",
    clipPath: "polygon(0 0, 100% 50%, 0 100%)",
    minWidth: 8,
    marginLeft: -4,
  },
}

function place(from: number, to: number): CSSProperties {
  return { left: `${100 * from}%`, width: `${100 * (to - from)}%` }
}
