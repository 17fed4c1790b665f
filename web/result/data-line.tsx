import { Link } from "@tanstack/react-router"
import { sampleMarket } from "../db/sample-market.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { formatNumber } from "../ui/number-format.ts"
import type { RunReport } from "../run/run-report.ts"
import { testedWords } from "./tested-words.ts"

/** The candles behind a result, which of them were mended, and which gaps the test jumped over. */
export function DataLine({ report, zone }: { report: RunReport; zone: TimeZone }) {
  const { market, data } = report
  return (
    <p data-testid="tested-on" className="min-h-10 max-w-[72ch] text-sm text-ink-soft md:min-h-5">
      {testedWords(report, zone)}{" "}
      {data.missing > 0 && market.id !== sampleMarket.id && (
        <Link
          to="/data/$marketId"
          params={{ marketId: market.id }}
          className="text-warn underline decoration-dotted underline-offset-4"
        >
          {holeWords(data)}
        </Link>
      )}
    </p>
  )
}

function holeWords({ gaps, missing }: RunReport["data"]): string {
  return `${formatNumber(gaps)} ${gaps === 1 ? "gap" : "gaps"} of ${formatNumber(missing)} ${missing === 1 ? "candle" : "candles"} not mended: the test jumps over ${gaps === 1 ? "it" : "them"}.`
}
