import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react"
import { AHEAD_CANDLES, readingInWords } from "#engine/run"
import { type Analysis, dueMs, trackRecord, trackRecordInWords } from "#models"
import { findAnalysis, listAnalyses } from "../../db/analyses.ts"
import { sampleMarket } from "../../db/sample-market.ts"
import { useKept } from "../../db/use-kept.ts"
import { MadeUpChip } from "../../figure/index.ts"
import { madeUpOf } from "../../run/made-up.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDateTime, type TimeZone } from "../../ui/date-format.ts"
import { formatPrice } from "../../ui/number-format.ts"
import { Lines } from "../lines.tsx"

type AnalysisCardProps = {
  said: Analysis
  /** The market is a file or a sample to which no candle is added. */
  hasEnded?: boolean
}

/** What was said of a market: the call, its levels, the facts it stands on, and how often such calls were right. */
export function AnalysisCard({ said, hasEnded = false }: AnalysisCardProps) {
  const { timeZone } = usePreferences()
  const kept = useKept(() => findAnalysis(said.id), [said.id])
  const now = kept.state === "ready" ? (kept.value ?? said) : said
  const { action, market, facts, reasons, notTaken } = now
  return (
    <article
      aria-label={`Reading of ${market}`}
      className="flex min-w-0 flex-col gap-5 rounded-lg border border-line bg-surface-1 p-4"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="flex items-center gap-2 text-lg font-semibold text-ink-strong">
          {icons[action]}
          {`${market}: ${action}`}
        </h3>
        <MadeUpChip
          of={madeUpOf([{ id: market === sampleMarket.name ? sampleMarket.id : market, isMadeUp: now.isMadeUp }])}
        />
      </div>
      <Levels of={now} />
      <Lines title="Why" lines={reasons} />
      <Lines title="Not taken from the model" lines={notTaken} isWarning />
      <section className="flex max-w-[64ch] flex-col gap-1">
        <h4 className="text-sm font-medium text-ink-soft">How often such calls were right</h4>
        <Record />
        <p className="text-ink-soft">{outcomeWords(now, timeZone, hasEnded)}</p>
      </section>
      <details>
        <summary className="min-h-8 cursor-pointer text-sm text-ink-soft hover:text-ink-strong">
          {`The facts, computed at ${formatDateTime(facts.closedMs, timeZone)}`}
        </summary>
        <ul className="flex max-w-[64ch] list-disc flex-col gap-1 pl-5 text-sm text-ink">
          {readingInWords(facts)
            .split("\n")
            .map((line) => (
              <li key={line} className="wrap-anywhere">
                {line}
              </li>
            ))}
        </ul>
      </details>
    </article>
  )
}

const icons = {
  BUY: <ArrowUpRight aria-hidden className="size-5 text-gain" />,
  SELL: <ArrowDownRight aria-hidden className="size-5 text-loss" />,
  HOLD: <ArrowRight aria-hidden className="size-5 text-ink-soft" />,
}

function Levels({ of: { confidence, entry, stop, by, facts } }: { of: Analysis }) {
  const price = (value: number | null) => (value === null ? "none" : formatPrice(value, facts.priceDecimals))
  const rows = [
    ["Confidence", confidence === 0 ? "unknown" : `${confidence} of 100`],
    ["Entry", price(entry)],
    ["Stop", price(stop)],
    ["Candles", facts.timeframe],
    ["Said by", by.kind === "rules" ? "our own rules" : by.name],
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-5">
      {rows.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="wrap-anywhere text-ink-strong tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Of all analyses in this browser, and where there are enough by how sure they were. */
function Record() {
  const all = useKept(listAnalyses)
  const record = trackRecord(all.state === "ready" ? all.value : [])
  return (
    <>
      <p className="text-ink">{trackRecordInWords(record)}</p>
      {record.bins.length > 1 && (
        <ul className="list-disc pl-5 text-sm text-ink-soft">
          {record.bins.map(({ fromPercent, toPercent, count, cameTrue }) => (
            <li key={fromPercent}>{`Confidence ${fromPercent} to ${toPercent}: ${cameTrue} of ${count} came true`}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function outcomeWords(analysis: Analysis, zone: TimeZone, hasEnded: boolean): string {
  const { outcome, facts } = analysis
  const when = formatDateTime(dueMs(analysis), zone)
  if (outcome === null && hasEnded) return "No candle comes after this one here, so it is never measured."
  if (outcome === null) return `This one is measured ${AHEAD_CANDLES} candles later, at ${when}.`
  const price = formatPrice(outcome.close, facts.priceDecimals)
  return `This one ${outcome.cameTrue ? "came true" : "did not come true"}: the price was ${price} at ${when}.`
}
