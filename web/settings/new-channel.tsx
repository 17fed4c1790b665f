import { type FormEvent, type ReactNode, useState } from "react"
import { answered, relay } from "../relay-client/relay.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { Switch } from "../ui/switch.tsx"
import { TextField } from "../ui/text-field.tsx"
import { OnceShown } from "./once-shown.tsx"
import { subscribeHere } from "./push-subscription.ts"

type Kind = "telegram" | "push" | "webhook" | "ping"

const empty = { name: "", botToken: "", chatId: "", url: "", isLocal: false, wantsTrades: false, quiet: "" }

/** Where notices go from now on, with what its owner wants to hear there. */
export function NewChannel({ onAdded }: { onAdded: () => Promise<void> }) {
  const [kind, setKind] = useState<Kind>("telegram")
  const [typed, setTyped] = useState(empty)
  const [secret, setSecret] = useState<string | null>(null)
  const { problem, isDoing, doing } = useDoing()
  const type = (change: Partial<typeof empty>) => setTyped((before) => ({ ...before, ...change }))
  const wanted = async () => {
    const { name, botToken, chatId, url, isLocal, wantsTrades } = typed
    const wishes = { name, wantsTrades, quiet: typed.quiet.trim() || null }
    if (kind === "push") return { kind, ...wishes, ...(await subscribeHere()) }
    if (kind === "telegram") return { kind, ...wishes, botToken: botToken.trim(), chatId: chatId.trim() }
    return { kind, ...wishes, url: url.trim(), isLocal }
  }
  const add = async () => {
    const answer = await answered(relay.notices.$post({ json: await wanted() }))
    setSecret((await answer.json()).secret)
    setTyped(empty)
    await onAdded()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    doing(add)()
  }
  return (
    <>
      <form aria-label="A new place for notices" className="flex max-w-160 flex-col gap-3" onSubmit={submit}>
        <div className="grid gap-3 sm:grid-cols-2">
          <Select label="By" value={kind} choices={kinds} onChange={(value) => setKind(value as Kind)} />
          <TextField label="Name" value={typed.name} maxLength={80} onChange={(name) => type({ name })} />
        </div>
        {parts[kind]({ typed, type })}
        {kind !== "ping" && (
          <Switch
            label="Purchases and sales too"
            checked={typed.wantsTrades}
            onChange={(wantsTrades) => type({ wantsTrades })}
          />
        )}
        {kind !== "ping" && typed.wantsTrades && (
          <TextField
            label="Quiet hours for trades, UTC"
            placeholder="22:00-07:00"
            value={typed.quiet}
            maxLength={11}
            onChange={(quiet) => type({ quiet })}
          />
        )}
        <Button type="submit" className="self-start" disabled={isDoing || typed.name.trim() === ""}>
          Add
        </Button>
      </form>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
      {secret !== null && (
        <OnceShown label="The secret of its signatures" value={secret}>
          It is shown only now. Each message has the header x-candlewright-signature: t, and v1, the HMAC-SHA256 of t, a
          dot and the body with this secret.
        </OnceShown>
      )}
    </>
  )
}

const kinds = [
  { value: "telegram", label: "Telegram", hint: "on your phone" },
  { value: "push", label: "This browser", hint: "also while no tab is open" },
  { value: "webhook", label: "Webhook", hint: "a program of yours" },
  { value: "ping", label: "Watcher", hint: "hears every minute that the relay lives" },
]

type Part = { typed: typeof empty; type: (change: Partial<typeof empty>) => void }

const parts: Record<Kind, (part: Part) => ReactNode> = {
  telegram: Telegram,
  push: ThisBrowser,
  webhook: Webhook,
  ping: Watcher,
}

function ThisBrowser() {
  return (
    <p className="text-sm text-ink-soft">
      Your browser asks whether Candlewright may show notifications. Its maker's push service carries them, encrypted:
      only this browser can read them.
    </p>
  )
}

function Watcher(part: Part) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        If this computer goes off, nothing on it can tell you. A watcher such as healthchecks.io can: it gives you an
        address, hears from the relay every minute, and writes to you when it does not.
      </p>
      <Address {...part} placeholder="https://hc-ping.com/…" />
    </>
  )
}

function Telegram({ typed, type }: Part) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        Write /newbot to @BotFather in Telegram: it gives you a token, kept here sealed and never shown again. Write to
        your new bot once, then ask @userinfobot for your chat number. Messages go to that chat alone.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Bot token"
          type="password"
          autoComplete="off"
          value={typed.botToken}
          maxLength={130}
          onChange={(botToken) => type({ botToken })}
        />
        <TextField label="Chat number" value={typed.chatId} maxLength={41} onChange={(chatId) => type({ chatId })} />
      </div>
    </>
  )
}

function Webhook(part: Part) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        Your address receives JSON by POST: id, kind, words and atMs. It begins with https://, or is on this computer.
      </p>
      <Address {...part} placeholder="https://example.org/hook" />
    </>
  )
}

function Address({ typed, type, placeholder }: Part & { placeholder: string }) {
  return (
    <>
      <TextField
        label="Address"
        placeholder={placeholder}
        value={typed.url}
        maxLength={2_000}
        onChange={(url) => type({ url })}
      />
      <Switch label="It runs on this computer" checked={typed.isLocal} onChange={(isLocal) => type({ isLocal })} />
    </>
  )
}
