import {
  type DocumentPath,
  makeNumberAdjustable,
  pathText,
  valueAt,
  withValueAt,
  type WrittenStrategy,
} from "#engine/strategy"
import { formatShort } from "../../ui/number-format.ts"
import type { Edit } from "./edit.ts"
import { NumberEdit } from "./number-edit.tsx"
import { problemAt } from "./problem-of.ts"

type DocumentNumberProps = {
  edit: Edit
  /** The part of the document it belongs to, and what that part is when the document leaves it out. */
  part: DocumentPath
  usual: object
  field: string
  label: string
  unit?: string
  min: number
  max: number
  isWhole?: boolean
}

/** A number of the document that is no formula, such as the stop's percent. */
export function DocumentNumber({
  edit,
  part,
  usual,
  field,
  label,
  unit,
  min,
  max,
  isWhole = false,
}: DocumentNumberProps) {
  const whole = withPart(edit.document, part, usual)
  const path = [...part, field]
  const value = (valueAt(whole, path) ?? (usual as Record<string, unknown>)[field] ?? min) as number | string
  const meaning = { label, min, max, isWhole }
  return (
    <div data-place={pathText(path)} className="min-w-0">
      <NumberEdit
        edit={edit}
        meaning={meaning}
        unit={unit}
        value={value}
        problem={problemAt(edit.problems, path)?.because}
        onChange={(next) =>
          edit.change(
            withValueAt(whole, path, next),
            `${label} ${shown(value)} → ${formatShort(next)}${unit === "%" ? " %" : ""}`,
          )
        }
        onAdjustable={() => {
          const made = makeNumberAdjustable(whole, path, { ...meaning, value: Number(value) })
          if (made.ok) edit.change(made.document, `${label} is a slider now`)
        }}
      />
    </div>
  )
}

/** The document with a part written out that it may have left out. */
export function withPart(document: WrittenStrategy, part: DocumentPath, usual: object): WrittenStrategy {
  return valueAt(document, part) ? document : withValueAt(document, part, usual)
}

function shown(value: number | string): string {
  return typeof value === "number" ? formatShort(value) : value
}
