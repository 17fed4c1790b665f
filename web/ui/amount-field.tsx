import type { ReactNode } from "react"
import { TextField } from "./text-field.tsx"
import { typedNumber } from "./typed-number.ts"

type AmountFieldProps = {
  label: string
  about?: ReactNode
  /** As it was typed; `typedNumber` reads it. */
  value: string
  /** What is wrong beside how it is written. */
  problem?: string
  onChange: (text: string) => void
}

/** An amount of money, kept as it is typed; one that cannot be read says so in place. An empty one is just empty. */
export function AmountField({ value, problem, ...rest }: AmountFieldProps) {
  const typed = typedNumber(value)
  const unread = value.trim() === "" || typed.ok ? undefined : typed.because
  return <TextField {...rest} inputMode="decimal" autoComplete="off" value={value} problem={unread ?? problem} />
}
