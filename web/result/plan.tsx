import { planInWords, strategyFromJson } from "#engine/strategy"
import type { RunReport } from "../run/run-report.ts"

/** What was tested, in plain sentences from the strategy itself. */
export function Plan({ report }: { report: RunReport }) {
  return (
    <ul className="flex max-w-[72ch] list-disc flex-col gap-2 pl-5">
      {sentencesOf(report).map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function sentencesOf({ job, markets, cash, timeframe }: RunReport) {
  const checked = strategyFromJson({ ...job.strategy, timeframe })
  if (!checked.ok) return []
  const [{ currency }] = markets
  return planInWords(checked.strategy, job.params, { markets: markets.map(({ name }) => name), currency, cash })
}
