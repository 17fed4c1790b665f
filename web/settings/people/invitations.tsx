import { plainText } from "#engine/candles"
import { useState } from "react"
import { answered, relay } from "../../relay-client/relay.ts"
import { useAnswer } from "../../relay-client/use-answer.ts"
import { useDoing } from "../../relay-client/use-doing.ts"
import { Button } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { OnceShown } from "../once-shown.tsx"
import { usePreferences } from "../preferences.ts"
import { roleChoices, type Role } from "./role-choices.ts"

type Invitation = Awaited<ReturnType<typeof askInvitations>>["invitations"][number]

async function askInvitations() {
  const [invited, accounts] = await Promise.all([
    answered(relay.people.invitations.$get()),
    answered(relay.accounts.$get()),
  ])
  return { invitations: (await invited.json()).items, accounts: (await accounts.json()).items }
}

/** Links that wait to be opened, and a new one. */
export function Invitations() {
  const [asked, askAgain] = useAnswer(askInvitations)
  const [name, setName] = useState("")
  const [role, setRole] = useState<Role>("viewer")
  const [shown, setShown] = useState(ALL)
  const [url, setUrl] = useState<string>()
  const { problem, isDoing, doing } = useDoing()
  if (asked.state !== "ready") return null
  const { invitations, accounts } = asked.value
  const invite = async () => {
    const ids = accounts.map(({ id }) => id).filter((id) => shown === ALL || shown === id)
    const answer = await answered(relay.people.invitations.$post({ json: { name, role, accounts: ids } }))
    setUrl((await answer.json()).url)
    setName("")
    await askAgain()
  }
  const choices = [
    { value: ALL, label: "All of mine" },
    { value: NONE, label: "None" },
    ...accounts.map((account) => ({ value: account.id, label: plainText(account.name, 80) })),
  ]
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">Invite somebody</h3>
      {invitations.length > 0 && (
        <ul aria-label="Invitations" className="border-b border-line">
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onGone={askAgain} />
          ))}
        </ul>
      )}
      <div className="grid max-w-160 items-end gap-3 sm:grid-cols-2">
        <TextField label="Their name" value={name} maxLength={80} problem={problem} onChange={setName} />
        <Select label="They are" value={role} choices={roleChoices} onChange={(value) => setRole(value as Role)} />
        <Select label="They see your accounts" value={shown} choices={choices} onChange={setShown} />
        <Button disabled={name.trim() === "" || isDoing} onClick={doing(invite)}>
          Make a link
        </Button>
      </div>
      {url !== undefined && (
        <OnceShown label="Their link" value={url}>
          Send it by a way that only they read: whoever opens it first is let in. It works once, for two days.
        </OnceShown>
      )}
    </div>
  )
}

const ALL = "all"
const NONE = "none"

function InvitationRow({ invitation, onGone }: { invitation: Invitation; onGone: () => Promise<void> }) {
  const { timeZone } = usePreferences()
  const { problem, doing } = useDoing()
  const { id, name, role, untilMs } = invitation
  const withdraw = async () => {
    await answered(relay.people.invitations[":id"].$delete({ param: { id } }))
    await onGone()
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere text-ink-strong">
          <bdi>{plainText(name, 80)}</bdi>
        </p>
        <p className="text-sm text-ink-soft">{`${role}, until ${formatDateTime(untilMs, timeZone)}`}</p>
      </div>
      <Button aria-label={`Withdraw ${plainText(name, 80)}`} onClick={doing(withdraw)}>
        Withdraw
      </Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}
