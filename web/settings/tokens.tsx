import { DAY_MS, plainText } from "#engine/candles"
import { type FormEvent, useState } from "react"
import { answered, relay } from "../relay-client/relay.ts"
import { Button } from "../ui/button.tsx"
import { formatDate, formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { TextField } from "../ui/text-field.tsx"
import { OnceShown } from "./once-shown.tsx"
import { usePreferences } from "./preferences.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { useDoing } from "../relay-client/use-doing.ts"

type Scope = "research" | "read" | "trade" | "admin"
type Token = Awaited<ReturnType<typeof askTokens>>[number]

async function askTokens() {
  const answer = await answered(relay.tokens.$get())
  return (await answer.json()).items
}

/** The tokens of a person's own programs: what each may do, and a way to end it. */
export function Tokens() {
  const [tokens, askAgain] = useAnswer(askTokens)
  if (tokens.state !== "ready") return null
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">Tokens for your own programs</h3>
      {tokens.value.length === 0 ? (
        <p className="max-w-[72ch] text-ink-soft">
          None yet. Public prices need no token. One that may draft is for an assistant that speaks MCP: it sees no
          account and can place no order.
        </p>
      ) : (
        <ul aria-label="Tokens" className="border-b border-line">
          {tokens.value.map((token) => (
            <TokenRow key={token.id} token={token} onGone={askAgain} />
          ))}
        </ul>
      )}
      <NewToken onMade={askAgain} />
    </div>
  )
}

function TokenRow({ token, onGone }: { token: Token; onGone: () => Promise<void> }) {
  const { timeZone } = usePreferences()
  const { problem, doing } = useDoing()
  const { id, name, scope, expiresMs, lastUsedMs } = token
  const revoke = async () => {
    await answered(relay.tokens[":id"].$delete({ param: { id } }))
    await onGone()
  }
  const ends = expiresMs === null ? "never expires" : `until ${formatDate(expiresMs, timeZone)}`
  const used = lastUsedMs === null ? "never used" : `last used ${formatDateTime(lastUsedMs, timeZone)}`
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="font-medium text-ink-strong wrap-anywhere">
          <bdi>{plainText(name, 80)}</bdi>
        </p>
        <p className="text-sm text-ink-soft">{`${scopeWords[scope]}, ${ends}, ${used}`}</p>
      </div>
      <Button aria-label={`Revoke ${plainText(name, 80)}`} onClick={doing(revoke)}>
        Revoke
      </Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}

function NewToken({ onMade }: { onMade: () => Promise<void> }) {
  const [name, setName] = useState("")
  const [scope, setScope] = useState<Scope>("read")
  const [days, setDays] = useState("30")
  const [made, setMade] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const make = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const json = { name, scope, expiresMs: Date.now() + Number(days) * DAY_MS }
      const answer = await answered(relay.tokens.$post({ json }))
      setMade((await answer.json()).token)
      setProblem(undefined)
      setName("")
      await onMade()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <>
      <form
        className="grid max-w-160 items-end gap-3 sm:grid-cols-[2fr_1fr_1fr_auto]"
        onSubmit={(event) => void make(event)}
      >
        <TextField label="Name of the program" value={name} maxLength={80} problem={problem} onChange={setName} />
        <Select label="It may" value={scope} choices={scopeChoices} onChange={(value) => setScope(value as Scope)} />
        <Select label="Good for" value={days} choices={lifetimes} onChange={setDays} />
        <Button type="submit" disabled={name.trim() === ""}>
          Make a token
        </Button>
      </form>
      {made !== undefined && (
        <OnceShown label="The token" value={made}>
          It is shown only now: the relay keeps no copy that can be read.
        </OnceShown>
      )}
    </>
  )
}

const scopeWords: Record<Scope, string> = {
  research: "May draft and test strategies",
  read: "May read",
  trade: "May read and trade",
  admin: "May do everything",
}
const scopeChoices = [
  { value: "research", label: "Draft strategies", hint: "for assistants: sees no account" },
  { value: "read", label: "Read" },
  { value: "trade", label: "Trade", hint: "and read" },
  { value: "admin", label: "Everything" },
]
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
]
