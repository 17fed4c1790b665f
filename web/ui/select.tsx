import { ChevronDown } from "lucide-react"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"
import { Field, inputClass } from "./field.tsx"

export type Choice = { value: string; label: string; hint?: string }

type SelectProps = {
  label: string
  about?: ReactNode
  value: string
  choices: Choice[]
  onChange: (value: string) => void
}

/**
 * One of a list. The platform's own control: a wheel on a phone, type-ahead on a desktop. Radix's would write markup
 * as text, which our content policy (Trusted Types) refuses.
 */
export function Select({ label, about, value, choices, onChange }: SelectProps) {
  return (
    <Field label={label} about={about}>
      {(ids) => (
        <div className="relative">
          <select
            {...ids}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={classNames(inputClass, "cursor-pointer appearance-none truncate pr-8 md:pr-8")}
          >
            {choices.map(({ value: each, label: name, hint }) => (
              <option key={each} value={each} className="bg-surface-1 text-ink-strong">
                {hint ? `${name} · ${hint}` : name}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-ink-soft"
          />
        </div>
      )}
    </Field>
  )
}
