import { Check, Copy } from "lucide-react"
import { type ReactNode, useRef, useState } from "react"
import { Button } from "./button.tsx"
import { TextField } from "./text-field.tsx"

type CopyFieldProps = { label: string; value: string; children?: ReactNode }

/** A text to take along, and a button that copies it. `children` say what to know about it. */
export function CopyField({ label, value, children }: CopyFieldProps) {
  const whole = useRef<HTMLDivElement>(null)
  const [tried, setTried] = useState<{ value: string; isCopied: boolean }>()
  const { isCopied } = tried?.value === value ? tried : {}
  const copy = async () => {
    const done = await isTaken(value)
    // The browser does not let us: the text is selected, and the keyboard copies it.
    if (!done) whole.current?.querySelector("input")?.select()
    setTried({ value, isCopied: done })
  }
  return (
    <div ref={whole} className="flex flex-col gap-2">
      <TextField label={label} value={value} readOnly onFocus={({ target }) => target.select()} onChange={() => {}} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          onClick={() => void copy()}
        >
          {isCopied ? "Copied" : "Copy"}
        </Button>
        <p role="status" className="text-sm text-ink-soft">
          {isCopied === false ? "This browser does not let the page copy: it is selected, press Ctrl+C." : children}
        </p>
      </div>
    </div>
  )
}

/** Whether the clipboard took a text; over plain http to another computer there is none. */
async function isTaken(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
