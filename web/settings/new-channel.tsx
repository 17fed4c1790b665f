import { type FormEvent, useState } from "react"
import { answered, relay } from "../relay-client/relay.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { Switch } from "../ui/switch.tsx"
import { TextField } from "../ui/text-field.tsx"
import { OnceShown } from "./once-shown.tsx"

type Kind = "telegram" | "webhook"

const empty = { name: "", botToken: "", chatId: "", url: "", isLocal: false, wantsTrades: false, quiet: "" }

/** A Telegram chat or a webhook, with what its owner wants to hear there. */
export function NewChannel({ onAdded }: { onAdded: () => Promise<void> }) {
  const [kind, setKind] = useState<Kind>("telegram")
  const [typed, setTyped] = useState(empty)
  const [secret, setSecret] = useState<string | null>(null)
  const { problem, isDoing, doing } = useDoing()
  const type = (change: Partial<typeof empty>) => setTyped((before) => ({ ...before, ...change }))
  const add = async () => {
    const { name, botToken, chatId, url, isLocal, wantsTrades } = typed
    const wishes = { name, wantsTrades, quiet: typed.quiet.trim() || null }
    const json =
      kind === "telegram"
        ? { kind, ...wishes, botToken: botToken.trim(), chatId: chatId.trim() }
        : { kind, ...wishes, url: url.trim(), isLocal }
    const answer = await answered(relay.notices.$post({ json }))
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
        {kind === "telegram" ? <Telegram typed={typed} type={type} /> : <Webhook typed={typed} type={type} />}
        <Switch
          label="Purchases and sales too"
          checked={typed.wantsTrades}
          onChange={(wantsTrades) => type({ wantsTrades })}
        />
        {typed.wantsTrades && (
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
  { value: "webhook", label: "Webhook", hint: "a program of yours" },
]

type Part = { typed: typeof empty; type: (change: Partial<typeof empty>) => void }

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

function Webhook({ typed, type }: Part) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        Your address receives JSON by POST: id, kind, words and atMs. It begins with https://, or is on this computer.
      </p>
      <TextField
        label="Address"
        placeholder="https://example.org/hook"
        value={typed.url}
        maxLength={2_000}
        onChange={(url) => type({ url })}
      />
      <Switch label="It runs on this computer" checked={typed.isLocal} onChange={(isLocal) => type({ isLocal })} />
    </>
  )
}
