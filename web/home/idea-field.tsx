import { useNavigate, useRouter } from "@tanstack/react-router"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/text-field.tsx"

/** An address holds no more; who brings a script pastes it into the chat. */
const MOST_LETTERS = 2_000

/** The first door: an idea in the person's own words. The chat reads it; its code comes while they write. */
export function IdeaField() {
  const [words, setWords] = useState("")
  const navigate = useNavigate()
  const router = useRouter()
  const say = words.trim()
  return (
    <form
      className="flex max-w-160 items-end gap-2"
      onFocus={() => void router.preloadRoute({ to: "/chat" })}
      onSubmit={(event) => {
        event.preventDefault()
        void navigate({ to: "/chat", search: say === "" ? {} : { say } })
      }}
    >
      <div className="min-w-0 grow">
        <TextField
          label="Describe an idea"
          value={words}
          maxLength={MOST_LETTERS}
          autoComplete="off"
          enterKeyHint="send"
          placeholder="Buy the dip on bitcoin, but never lose more than $5 a day"
          onChange={setWords}
        />
      </div>
      <Button type="submit" look="primary">
        Build it
      </Button>
    </form>
  )
}
