import { type ReactNode, useState } from "react"
import { formatShort } from "./number-format.ts"
import { Field, inputClass } from "./field.tsx"

type NumberFieldProps = {
  label: string
  about?: ReactNode
  value: number
  min: number
  max: number
  /** The unit after the number, such as "%". */
  unit?: string
  onChange: (value: number) => void
}

/**
 * A number a person may be halfway through typing: only a number within bounds is passed on; anything else is
 * explained in place.
 */
export function NumberField({ label, about, value, min, max, unit, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? undefined : problemOf(draft, min, max)
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
  const value = numberFromText(text)
  if (Number.isNaN(value)) return "Write a number, such as 0.1."
  if (value < min) return `At least ${formatShort(min)}.`
  if (value > max) return `At most ${formatShort(max)}.`
  return undefined
}

/** A comma is read as the decimal point people on half the world's keyboards mean by it. */
function numberFromText(text: string): number {
  const plain = text.trim().replace(",", ".")
  return plain === "" ? Number.NaN : Number(plain)
}
