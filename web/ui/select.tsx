import { Check, ChevronDown } from "lucide-react"
import { Select as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"
import { Field, inputClass } from "./field.tsx"

export type Choice = { value: string; label: string; hint?: string }

type SelectProps = { label: string; about?: ReactNode; value: string; choices: Choice[]; onChange: (value: string) => void }

/** One of a list. Typing letters jumps, arrows walk, Esc leaves it as it was. */
export function Select({ label, about, value, choices, onChange }: SelectProps) {
  return (
    <Field label={label} about={about}>
      {(ids) => (
        <Radix.Root value={value} onValueChange={onChange}>
          <Radix.Trigger {...ids} className={classNames(inputClass, "flex items-center justify-between gap-2 text-left")}>
            <span className="truncate">
              <Radix.Value placeholder="Choose" />
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-soft" />
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content position="popper" sideOffset={4} className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-md border border-line bg-surface-1 shadow-floating">
              <Radix.Viewport className="p-1">{choices.map(choiceItem)}</Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  )
}

function choiceItem({ value, label, hint }: Choice) {
  return (
    <Radix.Item key={value} value={value} className="flex min-h-10 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-ink outline-none data-highlighted:bg-surface-2 data-highlighted:text-ink-strong md:min-h-8">
      <Radix.ItemText>{label}</Radix.ItemText>
      {hint && <span className="text-xs text-ink-soft">{hint}</span>}
      <Radix.ItemIndicator className="ml-auto">
        <Check aria-hidden className="size-4 text-accent" />
      </Radix.ItemIndicator>
    </Radix.Item>
  )
}
