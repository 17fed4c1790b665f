import type { InputHTMLAttributes, ReactNode } from "react"
import { Field, inputClass } from "./field.tsx"

type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "about"> & {
  label: string
  about?: ReactNode
  hint?: string
  problem?: string
  onChange: (text: string) => void
}

/** One line of text, or with `type="date"` a day. */
export function TextField({ label, about, hint, problem, onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} about={about} hint={hint} problem={problem}>
      {(ids) => <input {...ids} {...rest} className={inputClass} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}
