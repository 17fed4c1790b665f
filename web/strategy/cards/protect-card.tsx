import { documentLimits } from "#engine/strategy"
import { DocumentNumber } from "./document-number.tsx"
import type { Edit } from "./edit.ts"
import { OptionalPart } from "./optional-part.tsx"
import { PriceFormula } from "./price-formula.tsx"
import { StepList } from "./step-list.tsx"
import { StopLossEdit } from "./stop-loss.tsx"

const trailing = { percent: 2, armAtPercent: 0 }
const breakEven = { atPercent: 2, plusPercent: 0.2 }
const timeStop = { candles: 48 }
const percent = { unit: "%", min: 0, max: 10_000 }
const distance = { unit: "%", min: 0.01, max: 99.9 }
const profit = { unit: "%", min: 0.01, max: 10_000 }

/** How a position is closed when no rule says so. */
export function ProtectCard({ edit }: { edit: Edit }) {
  const ofTrailing = { edit, part: ["protect", "trailing"], usual: trailing }
  const ofBreakEven = { edit, part: ["protect", "breakEven"], usual: breakEven }
  const ofTimeStop = { edit, part: ["protect", "timeStop"], usual: timeStop }
  return (
    <>
      <StopLossEdit edit={edit} />
      <div className="flex flex-col gap-2">
        <h4 className="text-sm text-ink-soft">Take profit</h4>
        <Targets edit={edit} />
      </div>
      <div className="flex flex-col">
        <OptionalPart edit={edit} label="Trailing stop" path={["protect", "trailing"]} usual={trailing}>
          <DocumentNumber {...ofTrailing} field="percent" label="Follows behind" {...distance} />
          <DocumentNumber {...ofTrailing} field="armAtPercent" label="From a profit of" {...percent} />
          <div className="col-span-2">
            <OptionalPart
              edit={edit}
              label="Wider until then"
              path={["protect", "trailing", "beforeArmPercent"]}
              usual={5}
            >
              <DocumentNumber {...ofTrailing} field="beforeArmPercent" label="Until then" {...distance} />
            </OptionalPart>
          </div>
        </OptionalPart>
        <OptionalPart edit={edit} label="Break even" path={["protect", "breakEven"]} usual={breakEven}>
          <DocumentNumber {...ofBreakEven} field="atPercent" label="At a profit of" {...profit} />
          <DocumentNumber {...ofBreakEven} field="plusPercent" label="Stop above entry" {...percent} />
        </OptionalPart>
        <OptionalPart edit={edit} label="Close after a time" path={["protect", "timeStop"]} usual={timeStop}>
          <DocumentNumber
            {...ofTimeStop}
            field="candles"
            label="Close after"
            unit="candles"
            min={1}
            max={1_000_000}
            isWhole
          />
        </OptionalPart>
      </div>
      <div className="flex flex-col gap-2">
        <h4 className="text-sm text-ink-soft">Content with less the longer it lasts</h4>
        <RoiSteps edit={edit} />
      </div>
    </>
  )
}

function Targets({ edit }: { edit: Edit }) {
  return (
    <StepList
      edit={edit}
      path={["protect", "takeProfit"]}
      noun="target"
      most={documentLimits.targets}
      next={(steps) => ({ percent: lastNumber(steps, "percent", 2) * 2, share: 1 })}
    >
      {(step, path) => (
        <>
          {"formula" in step ? (
            <div className="col-span-2">
              <PriceFormula edit={edit} path={[...path, "formula"]} label="Target price" />
            </div>
          ) : (
            <DocumentNumber edit={edit} part={path} usual={step} field="percent" label="At a profit of" {...profit} />
          )}
          <DocumentNumber
            edit={edit}
            part={path}
            usual={{ ...step, share: step.share ?? 1 }}
            field="share"
            label="Sells a share of"
            min={0.001}
            max={1}
          />
        </>
      )}
    </StepList>
  )
}

function RoiSteps({ edit }: { edit: Edit }) {
  return (
    <StepList
      edit={edit}
      path={["protect", "roi"]}
      noun="step"
      most={documentLimits.roiSteps}
      next={(steps) => ({
        afterMinutes: steps.length === 0 ? 0 : lastNumber(steps, "afterMinutes", 0) + 240,
        percent: steps.length === 0 ? 10 : lastNumber(steps, "percent", 10) / 2,
      })}
    >
      {(step, path) => (
        <>
          <DocumentNumber
            edit={edit}
            part={path}
            usual={step}
            field="afterMinutes"
            label="After"
            unit="min"
            min={0}
            max={10_000_000}
          />
          <DocumentNumber
            edit={edit}
            part={path}
            usual={step}
            field="percent"
            label="Enough profit"
            unit="%"
            min={-100}
            max={10_000}
          />
        </>
      )}
    </StepList>
  )
}

function lastNumber(steps: readonly Record<string, unknown>[], field: string, otherwise: number): number {
  const value = steps.at(-1)?.[field]
  return typeof value === "number" ? value : otherwise
}
