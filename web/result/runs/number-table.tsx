import { useState } from "react"
import { DAY_MS } from "#engine/candles"
import { metricDefinitions, type Metrics } from "#engine/result"
import { usePreferences } from "../../settings/index.ts"
import { Switch } from "../../ui/switch.tsx"
import { bestOf } from "./best-of.ts"
import { metricText } from "../metric-text.ts"

/** A run as a column of numbers; `on`: its market and its period. */
export type ComparedRun = { name: string; on?: string; metrics: Metrics; currency: string | undefined; cash: number }

/** The numbers of several runs side by side. Where they differ the row is marked, and of like runs the best. */
export function NumberTable({ runs, isLike = true }: { runs: ComparedRun[]; isLike?: boolean }) {
  const [isShort, setShort] = useState(true)
  const { timeZone } = usePreferences()
  const rows = metricDefinitions
    .map((definition) => ({
      definition,
      texts: runs.map(({ metrics, currency }) =>
        metricText(definition, metrics[definition.key], { currency, timeframeMs: DAY_MS, zone: timeZone }),
      ),
    }))
    .map((row) => ({
      ...row,
      best: isLike ? bestOf(row.definition, runs, row.texts) : undefined,
      differs: new Set(row.texts).size > 1,
    }))
  const shown = isShort ? rows.filter(({ differs }) => differs) : rows
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">The numbers</h2>
      <div className="w-fit">
        <Switch label="Only what differs" checked={isShort} onChange={setShort} />
      </div>
      {!isLike && (
        <p className="max-w-[72ch] text-ink-soft">
          These runs are of other markets or other periods. What was easy there may be hard here, so none is marked as
          the best.
        </p>
      )}
      {shown.length === 0 ? (
        <p className="text-ink-soft">Every number is the same.</p>
      ) : (
        <div tabIndex={0} role="region" aria-label="The numbers of the runs" className="relative overflow-x-auto">
          <table className="w-full text-sm">
            <thead>
              <tr>
                <th scope="col" className="py-2 pr-4 text-left font-medium text-ink-soft">
                  Number
                </th>
                {runs.map(({ name, on }) => (
                  <th key={name} scope="col" className="py-2 pl-4 text-right align-bottom font-medium">
                    {name}
                    {on && (
                      <span className="block text-xs font-normal wrap-anywhere text-ink-soft">
                        <bdi>{on}</bdi>
                      </span>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ definition, texts, differs, best }) => (
                <tr key={definition.key} className="border-t border-line">
                  <th scope="row" className="py-1.5 pr-2 text-left font-normal text-ink-soft">
                    {definition.label}
                    {differs && !isShort && <span className="text-accent"> (differs)</span>}
                  </th>
                  {texts.map((text, at) => (
                    <td
                      key={runs[at].name}
                      className={
                        best === at
                          ? "py-1.5 pl-4 text-right whitespace-nowrap font-semibold text-ink-strong"
                          : "py-1.5 pl-4 text-right whitespace-nowrap text-ink"
                      }
                    >
                      {text}
                      {best === at && <span className="sr-only"> (best)</span>}
                      {best === at && <span aria-hidden> ●</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
