import { type MetricDefinition, type MetricKey, type Metrics, metricDefinitions, tooFew } from "#engine/result"
import { classNames } from "../ui/class-names.ts"
import { Explained } from "../ui/explained.tsx"
import { AskAboutMetric, type RunSubject } from "./ask-about-run.tsx"
import { type MetricSurroundings, metricText } from "./metric-text.ts"

const basics = metricDefinitions.filter(({ group }) => group === "basics")

type BasicsProps = { metrics: Metrics; subject: RunSubject | undefined } & MetricSurroundings

/**
 * The eight numbers everybody sees first, each with its definition behind a press. Those with too little behind them
 * are greyed and say so.
 */
export function Basics({ metrics, subject, ...surroundings }: BasicsProps) {
  const few = tooFew(metrics)
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y border-line py-4 md:grid-cols-4">
      {basics.map((definition) => (
        <Basic
          key={definition.key}
          definition={definition}
          value={metrics[definition.key] as number | null}
          text={metricText(definition, metrics[definition.key], surroundings)}
          few={few.has(definition.key)}
          subject={subject}
        />
      ))}
    </dl>
  )
}

type BasicProps = {
  definition: MetricDefinition & { key: MetricKey }
  value: number | null
  text: string
  few: boolean
  subject: RunSubject | undefined
}

function Basic({ definition, value, text, few, subject }: BasicProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-sm text-ink-soft">
        <Explained term={definition.label}>
          <p className="pb-2 text-ink-strong">{definition.short}</p>
          <p className="text-ink-soft">{definition.definition}</p>
          <AskAboutMetric subject={subject} definition={definition} />
        </Explained>
      </dt>
      <dd className={classNames("text-lg font-medium", few ? "text-ink-faint" : inkOf(definition.key, value))}>
        {text}
        {few && <span className="ml-2 text-xs font-normal">too few to say</span>}
      </dd>
    </div>
  )
}

function inkOf(key: string, value: number | null): string {
  if (key !== "totalReturnPercent" || !value) return "text-ink-strong"
  return value > 0 ? "text-gain" : "text-loss"
}
