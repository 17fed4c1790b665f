import { usualLimits } from "#engine/strategy"
import { DocumentNumber } from "./document-number.tsx"
import type { Edit } from "./edit.ts"
import { OptionalPart } from "./optional-part.tsx"

const part = ["limits"]
const share = { unit: "%", min: 0.01, max: 100 }

/** What the strategy never does, whatever its rules say. */
export function LimitsCard({ edit }: { edit: Edit }) {
  const number = { edit, part, usual: usualLimits }
  return (
    <>
      <div className="grid grid-cols-2 gap-2">
        <DocumentNumber {...number} field="maxOpenPositions" label="Open at once" min={1} max={1000} isWhole />
        <DocumentNumber
          {...number}
          field="cooldownCandles"
          label="Pause after closing"
          unit="candles"
          min={0}
          max={1_000_000}
          isWhole
        />
      </div>
      <div className="flex flex-col">
        <OptionalPart edit={edit} label="Stop for the day after a loss" path={[...part, "dailyLossPercent"]} usual={3}>
          <DocumentNumber {...number} field="dailyLossPercent" label="Loss in a day" {...share} />
        </OptionalPart>
        <OptionalPart
          edit={edit}
          label="Stop at a dip of the account"
          path={[...part, "maxDrawdownPercent"]}
          usual={20}
        >
          <DocumentNumber {...number} field="maxDrawdownPercent" label="Below its best" {...share} />
        </OptionalPart>
        <OptionalPart
          edit={edit}
          label="No market that moves like one held"
          path={[...part, "maxCorrelation"]}
          usual={0.9}
        >
          <DocumentNumber {...number} field="maxCorrelation" label="Correlation above" min={0.01} max={1} />
        </OptionalPart>
      </div>
    </>
  )
}

const safetyOrders = { maxTimes: 3, everyDropPercent: 2, sizeMultiple: 1.5 }

/** Buying more as the price goes against the position. */
export function AddCard({ edit }: { edit: Edit }) {
  const number = { edit, part: ["add"], usual: safetyOrders }
  return (
    <OptionalPart edit={edit} label="Buy more on the way down" path={["add"]} usual={safetyOrders}>
      <DocumentNumber {...number} field="maxTimes" label="At most" unit="times" min={1} max={50} isWhole />
      <DocumentNumber {...number} field="everyDropPercent" label="Each further" unit="%" min={0.01} max={99.9} />
      <DocumentNumber {...number} field="sizeMultiple" label="Each times larger" min={0.01} max={10} />
    </OptionalPart>
  )
}
