import { DAY_MS } from "#engine/candles"
import { metricDefinitions } from "#engine/result"
import type { RunDetail } from "../db/saved-run.ts"
import { bestOf, metricText } from "../result/index.ts"
import { usePreferences } from "../settings/index.ts"

const basics = metricDefinitions.filter(({ group }) => group === "basics")

type SideBySideProps = { before: RunDetail; now: RunDetail }

/** The numbers everybody sees first, of the test before and of this one; the better of two is marked. */
export function SideBySide({ before, now }: SideBySideProps) {
  const { timeZone } = usePreferences()
  const runs = [before, now]
  const rows = basics.map((definition) => {
    const texts = runs.map(({ metrics, currency }) =>
      metricText(definition, metrics[definition.key], { currency, timeframeMs: DAY_MS, zone: timeZone }),
    )
    return { definition, texts, best: bestOf(definition, runs, texts) }
  })
  return (
    <table data-testid="side-by-side" className="w-full max-w-120 text-sm">
      <caption className="pb-1 text-left font-semibold text-ink-strong">Compared with the test before</caption>
      <thead>
        <tr className="text-ink-soft">
          <th scope="col" className="py-1.5 text-left font-medium">
            <span className="sr-only">Number</span>
          </th>
          <th scope="col" className="py-1.5 pl-4 text-right font-medium">
            Before
          </th>
          <th scope="col" className="py-1.5 pl-4 text-right font-medium">
            Now
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ definition, texts, best }) => (
          <tr key={definition.key} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal text-ink-soft">
              {definition.label}
            </th>
            {texts.map((text, at) => (
              <td
                key={runNames[at]}
                className={`py-1.5 pl-4 text-right whitespace-nowrap ${best === at ? "font-semibold text-ink-strong" : "text-ink"}`}
              >
                {text}
                {best === at && <span className="sr-only"> (better)</span>}
                <span aria-hidden className="inline-block w-4 text-accent">
                  {best === at && "●"}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const runNames = ["before", "now"]
