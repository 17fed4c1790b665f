import { plainText } from "#engine/candles"
import { useState } from "react"
import { answered, relay } from "../relay-client/relay.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { TextField } from "../ui/text-field.tsx"
import { usePreferences } from "./preferences.ts"

type Passkey = Awaited<ReturnType<typeof askPasskeys>>[number]

async function askPasskeys() {
  const answer = await answered(relay.passkeys.$get())
  return (await answer.json()).items
}

/** The person's passkeys: each opens this relay from any browser. */
export function Passkeys() {
  const [passkeys, askAgain] = useAnswer(askPasskeys)
  const [name, setName] = useState("")
  const { problem, isDoing, doing } = useDoing()
  if (passkeys.state !== "ready") return null
  const make = async () => {
    const { makePasskey } = await import("../relay-client/passkeys.ts")
    await makePasskey(name)
    setName("")
    await askAgain()
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <h3 className="font-semibold">Passkeys of yours</h3>
      {passkeys.value.length === 0 ? (
        <p className="max-w-[72ch] text-ink-soft">
          None yet. With one you sign in from any browser, and from the internet you confirm with it what could lose
          money.
        </p>
      ) : (
        <ul aria-label="Passkeys" className="w-full border-b border-line">
          {passkeys.value.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onGone={askAgain} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <TextField label="What you call the passkey" value={name} maxLength={80} problem={problem} onChange={setName} />
        <Button disabled={name.trim() === "" || isDoing} onClick={doing(make)}>
          Make a passkey
        </Button>
      </div>
    </div>
  )
}

function PasskeyRow({ passkey, onGone }: { passkey: Passkey; onGone: () => Promise<void> }) {
  const { timeZone } = usePreferences()
  const { problem, doing } = useDoing()
  const { id, name, host, usedMs } = passkey
  const remove = async () => {
    await answered(relay.passkeys[":id"].$delete({ param: { id } }))
    await onGone()
  }
  const used = usedMs === null ? "not used yet" : `last used ${formatDateTime(usedMs, timeZone)}`
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere text-ink-strong">
          <bdi>{plainText(name, 80)}</bdi>
        </p>
        <p className="text-sm text-ink-soft">{`For ${plainText(host, 100)}, ${used}`}</p>
      </div>
      <Button aria-label={`Remove ${plainText(name, 80)}`} onClick={doing(remove)}>
        Remove
      </Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}

/** For a browser that is not paired, of a person who has a passkey. */
export function SignIn() {
  const { problem, isDoing, doing } = useDoing()
  const signIn = async () => {
    const { signInWithPasskey } = await import("../relay-client/passkeys.ts")
    await signInWithPasskey()
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={isDoing} onClick={doing(signIn)}>
        Sign in with a passkey
      </Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </div>
  )
}
