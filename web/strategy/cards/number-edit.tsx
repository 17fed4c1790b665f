import { Pin, SlidersHorizontal } from "lucide-react"
import { useState } from "react"
import { makeFixed, type NumberMeaning, withValueAt } from "#engine/strategy"
import { IconButton } from "../../ui/button.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { formatShort } from "../../ui/number-format.ts"
import { Slider } from "../../ui/slider.tsx"
import type { Edit } from "./edit.ts"

type NumberEditProps = {
  edit: Edit
  meaning: Omit<NumberMeaning, "value">
  unit?: string
  /** The number, or the name of the param that is used for it. */
  value: number | string
  /** What is wrong with it, as it is. */
  problem?: string
  onChange: (value: number) => void
  /** Makes it a slider. Undefined where it must stay a number. */
  onAdjustable?: () => void
}

/** A number field that becomes a slider in one press; or that slider. */
export function NumberEdit({ edit, meaning, unit, value, problem, onChange, onAdjustable }: NumberEditProps) {
  if (typeof value === "string") return <ParamEdit edit={edit} name={value} />
  return (
    <div className="flex min-w-0 items-end gap-1">
      <div className="min-w-0 grow">
        <NumberField
          label={meaning.label}
          unit={unit}
          value={value}
          problem={problem}
          min={meaning.min}
          max={meaning.max}
          onChange={(next) => onChange(meaning.isWhole ? Math.round(next) : next)}
        />
      </div>
      {onAdjustable && (
        <IconButton label={`Make ${meaning.label} adjustable`} onClick={onAdjustable}>
          <SlidersHorizontal aria-hidden className="size-4" />
        </IconButton>
      )}
    </div>
  )
}

/** The slider of a param, in place of its number. */
export function ParamEdit({ edit, name }: { edit: Edit; name: string }) {
  const { document, change } = edit
  const param = document.params?.[name]
  // The document follows when the finger rests; the thumb does not wait for it.
  const [moving, setMoving] = useState<{ from: unknown; value: number }>()
  // A step back brings the very same document again: what was moved from it is over once it has been left.
  if (moving && moving.from !== param) setMoving(undefined)
  if (!param || param.type === "bool") return <p className="text-sm text-loss">There is no slider named {name}.</p>
  const label = param.label ?? name
  const move = (value: number) => {
    setMoving({ from: param, value })
    change(
      withValueAt(document, ["params", name, "value"], value),
      `${label} ${formatShort(param.value)} → ${formatShort(value)}`,
    )
  }
  return (
    <div className="flex min-w-0 items-end gap-1">
      <div className="min-w-0 grow">
        <Slider
          label={label}
          value={moving?.value ?? param.value}
          min={param.min}
          max={param.max}
          step={param.step ?? (param.type === "int" ? 1 : 0.1)}
          onChange={move}
        />
      </div>
      <IconButton
        label={`Fix ${label} at ${formatShort(param.value)}`}
        onClick={() => change(makeFixed(document, name), `${label} is no slider any more`)}
      >
        <Pin aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
