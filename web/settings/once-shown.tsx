import type { ReactNode } from "react"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/text-field.tsx"

/** A secret that is shown now and never again. */
export function OnceShown({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="flex w-full max-w-160 flex-col gap-2 border-l-2 border-accent py-1 pl-3">
      <TextField
        label={label}
        value={value}
        readOnly
        className="font-mono"
        onFocus={({ target }) => target.select()}
        onChange={() => {}}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void navigator.clipboard.writeText(value)}>Copy</Button>
        <p className="text-sm text-ink-soft">{children}</p>
      </div>
    </div>
  )
}
