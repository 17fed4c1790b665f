import { type ReactNode, useState } from "react"
import { formatShort } from "./number-format.ts"
import { Field, inputClass } from "./field.tsx"
import { typedNumber } from "./typed-number.ts"

type NumberFieldProps = {
  label: string
  about?: ReactNode
  value: number
  min: number
  max: number
  /** What is wrong with the number as it is; what is being typed has its own. */
  problem?: string
  /** The unit after the number, such as "%". */
  unit?: string
  onChange: (value: number) => void
}

/**
 * A number a person may be halfway through typing: only a number within bounds is passed on; anything else is
 * explained in place.
 */
export function NumberField({ label, about, value, min, max, problem: wrong, unit, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? wrong : problemOf(draft, min, max)
  // The typed text stays, until the number changes from elsewhere (a slider, undo).
  const isCurrent = draft !== undefined && (problem !== undefined || numberFromText(draft) === value)
  const onType = (text: string) => {
    setDraft(text)
    if (!problemOf(text, min, max)) onChange(numberFromText(text))
  }
  return (
    <Field label={label} about={about} problem={problem}>
      {(ids) => (
        <div className="relative">
          <input
            {...ids}
            inputMode="decimal"
            autoComplete="off"
            className={inputClass}
            value={isCurrent ? draft : String(value)}
            onChange={(event) => onType(event.target.value)}
            onBlur={() => !problem && setDraft(undefined)}
          />
          {unit && (
            <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-soft md:right-2">
              {unit}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}

function problemOf(text: string, min: number, max: number): string | undefined {
  const typed = typedNumber(text)
  if (!typed.ok) return typed.because
  const value = Number(typed.decimal)
  if (value < min) return `At least ${formatShort(min)}.`
  if (value > max) return `At most ${formatShort(max)}.`
  return undefined
}

function numberFromText(text: string): number {
  const typed = typedNumber(text)
  return typed.ok ? Number(typed.decimal) : Number.NaN
}
