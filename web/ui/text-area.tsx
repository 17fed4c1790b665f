import type { TextareaHTMLAttributes } from "react"
import { classNames } from "./class-names.ts"
import { Field, inputClass } from "./field.tsx"

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange"> & {
  label: string
  hint?: string
  problem?: string
  onChange: (text: string) => void
}

/** Several lines of text. */
export function TextArea({ label, hint, problem, onChange, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <textarea
          rows={3}
          {...ids}
          {...rest}
          className={classNames(inputClass, "h-auto py-2 md:h-auto", className)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
