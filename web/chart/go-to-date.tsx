import { CalendarSearch } from "lucide-react"
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react"
import { Button, IconButton } from "../ui/button.tsx"
import { type TimeZone, isoDay, startOfDay } from "../ui/date-format.ts"
import { TextField } from "../ui/text-field.tsx"

type GoToDateProps = { fromMs: number; toMs: number; zone: TimeZone; onGo: (timeMs: number) => void }

/** Asks for a day and moves the chart there. */
export function GoToDate({ fromMs, toMs, zone, onGo }: GoToDateProps) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState<string>()
  const opener = useRef<HTMLButtonElement>(null)
  const id = useId()
  const day = typed ?? isoDay(toMs, zone)
  const leave = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const go = (event: FormEvent) => {
    event.preventDefault()
    const timeMs = startOfDay(day, zone)
    if (timeMs === undefined) return
    onGo(Math.max(fromMs, Math.min(toMs, timeMs)))
    leave()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    leave()
  }
  return (
    <div className="relative">
      <IconButton
        ref={opener}
        label="Go to a date"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <CalendarSearch aria-hidden className="size-4" />
      </IconButton>
      {isOpen && (
        <form
          id={id}
          aria-label="Go to a date"
          onSubmit={go}
          onKeyDown={onKeyDown}
          className="absolute top-full right-0 z-20 flex w-60 animate-appear items-end gap-2 rounded-md border border-line bg-surface-1 p-3 shadow-floating max-sm:right-auto max-sm:-left-24"
        >
          <TextField
            autoFocus
            type="date"
            label="Day"
            value={day}
            min={isoDay(fromMs, zone)}
            max={isoDay(toMs, zone)}
            onChange={setTyped}
          />
          <Button type="submit">Go</Button>
        </form>
      )}
    </div>
  )
}
