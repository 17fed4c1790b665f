import { Switch as Radix } from "radix-ui"
import { useId } from "react"

/** On or off, taking effect at once. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <div className="flex min-h-10 items-center justify-between gap-4 md:min-h-8">
      <label htmlFor={id} className="text-sm text-ink-soft">
        {label}
      </label>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        className="h-6 w-10 shrink-0 rounded-full border border-control-line bg-surface-2 p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent-fill"
      >
        <Radix.Thumb className="block size-4.5 rounded-full bg-ink-soft transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
    </div>
  )
}
