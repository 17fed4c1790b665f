import {
  usualOrders,
  usualSize,
  valueAt,
  withoutUnusedParams,
  withValueAt,
  type WrittenStrategy,
} from "#engine/strategy"
import { Select } from "../../ui/select.tsx"
import { DocumentNumber } from "./document-number.tsx"
import type { Edit } from "./edit.ts"

type Size = NonNullable<WrittenStrategy["size"]>
type Entry = NonNullable<NonNullable<WrittenStrategy["orders"]>["entry"]>

const sizes: { value: Size["kind"]; label: string; usual: Size }[] = [
  {
    value: "risk",
    label: "So that the stop costs a fixed share",
    usual: { kind: "risk", percent: 1, maxPositionPercent: 100 },
  },
  { value: "equity", label: "A share of the account", usual: { kind: "equity", percent: 25 } },
  { value: "quote", label: "A fixed amount", usual: { kind: "quote", amount: 20 } },
]

const entries: { value: Entry["kind"]; label: string; usual: Entry }[] = [
  { value: "market", label: "At the next price there is", usual: { kind: "market" } },
  { value: "limit", label: "With a limit order", usual: { kind: "limit", offsetPercent: 0.1, expireCandles: 3 } },
]

/** How much goes into a position, and how it is entered. */
export function SizeCard({ edit }: { edit: Edit }) {
  return (
    <>
      <SizeEdit edit={edit} />
      <EntryEdit edit={edit} />
    </>
  )
}

function SizeEdit({ edit }: { edit: Edit }) {
  const { document } = edit
  const size = document.size ?? usualSize
  const number = { edit, part: ["size"], usual: usualSize }
  return (
    <div data-place="size" className="flex flex-col gap-2">
      <KindChoice edit={edit} label="Size of a position" path={["size"]} kind={size.kind} kinds={sizes} />
      <div className="grid grid-cols-2 gap-2">
        {size.kind === "quote" && (
          <DocumentNumber {...number} field="amount" label="Amount" min={0.000_001} max={1e12} />
        )}
        {size.kind !== "quote" && (
          <DocumentNumber
            {...number}
            field="percent"
            label={size.kind === "risk" ? "Risk per trade" : "Share of the account"}
            unit="%"
            min={0.01}
            max={100}
          />
        )}
        {size.kind === "risk" && (
          <DocumentNumber
            {...number}
            field="maxPositionPercent"
            label="Never more than"
            unit="%"
            min={0.01}
            max={100}
          />
        )}
      </div>
    </div>
  )
}

function EntryEdit({ edit }: { edit: Edit }) {
  const path = ["orders", "entry"]
  const entry = (valueAt(edit.document, path) ?? usualOrders.entry) as Entry
  const number = { edit, part: path, usual: usualOrders.entry }
  return (
    <div data-place="orders" className="flex flex-col gap-2">
      <KindChoice edit={edit} label="Enters" path={path} kind={entry.kind} kinds={entries} />
      {entry.kind === "limit" && (
        <div className="grid grid-cols-2 gap-2">
          <DocumentNumber {...number} field="offsetPercent" label="Better than the price" unit="%" min={0} max={99.9} />
          <DocumentNumber
            {...number}
            field="expireCandles"
            label="Given up after"
            unit="candles"
            min={1}
            max={100_000}
            isWhole
          />
        </div>
      )}
    </div>
  )
}

type KindChoiceProps = {
  edit: Edit
  label: string
  path: readonly string[]
  kind: string
  kinds: { value: string; label: string; usual: object }[]
}

function KindChoice({ edit: { document, change }, label, path, kind, kinds }: KindChoiceProps) {
  return (
    <Select
      label={label}
      value={kind}
      choices={kinds}
      onChange={(value) => {
        const chosen = kinds.find((each) => each.value === value)!
        change(
          withoutUnusedParams(document, withValueAt(document, path, chosen.usual)),
          `${label}: ${chosen.label.toLowerCase()}`,
        )
      }}
    />
  )
}
