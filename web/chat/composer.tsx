import { ArrowUp } from "lucide-react"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { MOST_SAY_LETTERS } from "../db/chat-turn.ts"
import { Button } from "../ui/button.tsx"

type ComposerProps = {
  /** What the field is, for those who do not see where it stands. */
  label: string
  sendLabel: string
  placeholder?: string
  /** What stands in it at first. */
  start?: string
  /** The field takes the focus, and again whenever this counts up; not while it is 0. */
  focusWish?: number
  onSay: (words: string) => void
  onCancel?: () => void
}

/** Where a person writes. Enter says it, Shift Enter begins a new line, and it grows with what is in it. */
export function Composer({ label, sendLabel, placeholder, start = "", focusWish = 0, onSay, onCancel }: ComposerProps) {
  const id = useId()
  const [words, setWords] = useState(start)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focusWish === 0 || !field.current) return
    field.current.focus()
    field.current.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [focusWish])
  const say = () => {
    if (words.trim() === "") return
    onSay(words.trim())
    setWords("")
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && onCancel) onCancel()
    // Enter that ends a word of an input method says nothing yet.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    say()
  }
  return (
    <form className="flex w-full flex-col gap-2" onSubmit={(event) => (event.preventDefault(), say())}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <div className="relative">
        <textarea
          id={id}
          ref={field}
          dir="auto"
          rows={1}
          value={words}
          maxLength={MOST_SAY_LETTERS}
          placeholder={placeholder}
          enterKeyHint="send"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={onKeyDown}
          className="block field-sizing-content max-h-60 min-h-14 w-full min-w-0 resize-none rounded-lg border border-control-line bg-surface-0 py-4 pr-15 pl-4 text-base text-ink-strong placeholder:text-ink-faint"
        />
        <button
          type="submit"
          aria-label={sendLabel}
          title={sendLabel}
          disabled={words.trim() === ""}
          className="absolute right-2 bottom-2 inline-flex size-10 items-center justify-center rounded-md bg-accent-fill text-on-accent transition-colors hover:bg-accent-fill-hover disabled:cursor-not-allowed disabled:bg-surface-2 disabled:text-ink-faint"
        >
          <ArrowUp aria-hidden className="size-5" />
        </button>
      </div>
      {onCancel && (
        <Button look="plain" className="self-start" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  )
}
