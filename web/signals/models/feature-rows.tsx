import { Plus, RotateCcw, Trash2 } from "lucide-react"
import { useMemo } from "react"
import type { Timeframe } from "#engine/candles"
import { modelLimits, type StrategyProblem } from "#engine/strategy"
import { FormulaField } from "../../strategy/index.ts"
import { Button, IconButton } from "../../ui/button.tsx"
import { about } from "./card/term.tsx"
import { nameOfFormula, scratchOf } from "./scratch-strategy.ts"

type FeatureRowsProps = {
  features: string[]
  /** Whether nobody has changed them. */
  isUsual: boolean
  timeframe: Timeframe
  problems: StrategyProblem[]
  /** Undefined brings the usual ones back. */
  onChange: (features: string[] | undefined) => void
}

/** What a model looks at, as formulas to change; the usual ones are filled in. */
export function FeatureRows({ features, isUsual, timeframe, problems, onChange }: FeatureRowsProps) {
  // A row must not complete the names of the others: a model knows nothing but candles.
  const document = useMemo(() => scratchOf([], timeframe), [timeframe])
  return (
    <details className="border-y border-line py-2" open={problems.length > 0 || undefined}>
      <summary className="inline-flex min-h-8 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        {isUsual
          ? `What it looks at: the usual ${features.length} things`
          : `What it looks at: ${features.length} formulas`}
      </summary>
      <div className="flex flex-col gap-2 pt-3">
        <p className="flex max-w-[72ch] items-center gap-1 text-sm text-ink-soft">
          Each is a formula over past candles.
          {about("features")}
        </p>
        <ol className="flex flex-col gap-1">
          {features.map((text, n) => (
            <li key={n} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
              <FormulaField
                label={`Formula ${n + 1}`}
                text={text}
                document={document}
                problem={problems.find(({ path }) => path === `series.${nameOfFormula(n)}`)}
                onChange={(next) => onChange(features.with(n, next))}
              />
              <IconButton
                label={`Take formula ${n + 1} out`}
                className="mt-6"
                disabled={features.length === 1}
                onClick={() => onChange(features.toSpliced(n, 1))}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-3">
          <Button
            icon={<Plus aria-hidden className="size-4" />}
            disabled={features.length >= modelLimits.features}
            onClick={() => onChange([...features, "close / sma(close, 20)"])}
          >
            Add a formula
          </Button>
          {!isUsual && (
            <Button
              look="plain"
              icon={<RotateCcw aria-hidden className="size-4" />}
              onClick={() => onChange(undefined)}
            >
              The usual ones
            </Button>
          )}
        </div>
      </div>
    </details>
  )
}
