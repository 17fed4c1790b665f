import {
  type DocumentPath,
  pathText,
  usualProtect,
  valueAt,
  withoutUnusedParams,
  withValueAt,
  type WrittenStrategy,
} from "#engine/strategy"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { DocumentNumber } from "./document-number.tsx"
import type { Edit } from "./edit.ts"
import { PriceFormula } from "./price-formula.tsx"

type StopLoss = NonNullable<NonNullable<WrittenStrategy["protect"]>["stopLoss"]>

const path: DocumentPath = ["protect", "stopLoss"]

const kinds: { value: StopLoss["kind"]; label: string; usual: StopLoss }[] = [
  { value: "percent", label: "A percentage from the entry", usual: { kind: "percent", percent: 2 } },
  { value: "atr", label: "A multiple of its usual range (ATR)", usual: { kind: "atr", length: 14, multiple: 2 } },
  { value: "price", label: "At a price of its own", usual: { kind: "price", formula: "lowest(low, 10)" } },
  { value: "none", label: "None", usual: { kind: "none" } },
]

/** Where a losing position is closed: in which way, and how far away. */
export function StopLossEdit({ edit }: { edit: Edit }) {
  const { document, change } = edit
  const stop = (valueAt(document, path) ?? usualProtect.stopLoss) as StopLoss
  const number = { edit, part: path, usual: usualProtect.stopLoss }
  return (
    <div data-place={pathText([...path])} className="flex flex-col gap-2">
      <Select
        label="Stop loss"
        value={stop.kind}
        choices={kinds}
        onChange={(kind) => {
          const chosen = kinds.find(({ value }) => value === kind)!
          change(
            withoutUnusedParams(document, withValueAt(document, path, chosen.usual)),
            `Stop loss: ${chosen.label.toLowerCase()}`,
          )
        }}
      />
      {stop.kind === "percent" && (
        <DocumentNumber {...number} field="percent" label="Stop loss distance" unit="%" min={0.01} max={99.9} />
      )}
      {stop.kind === "atr" && (
        <div className="grid grid-cols-2 gap-2">
          <DocumentNumber {...number} field="multiple" label="Times the ATR" min={0.01} max={1000} />
          <DocumentNumber {...number} field="length" label="ATR length" unit="candles" min={1} max={100_000} isWhole />
        </div>
      )}
      {stop.kind === "price" && <PriceFormula edit={edit} path={[...path, "formula"]} label="Stop price" />}
      {stop.kind === "none" && (
        <Notice kind="warn">
          Without a stop one bad trade can cost most of the position. The result says so wherever it is shown.
        </Notice>
      )}
    </div>
  )
}
