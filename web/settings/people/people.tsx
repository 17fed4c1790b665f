import { plainText } from "#engine/candles"
import { useState } from "react"
import { useMe } from "../../relay-client/me.ts"
import { answered, relay } from "../../relay-client/relay.ts"
import { useAnswer } from "../../relay-client/use-answer.ts"
import { useDoing } from "../../relay-client/use-doing.ts"
import { Button } from "../../ui/button.tsx"
import { Chip } from "../../ui/chip.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { toastWithUndo } from "../../ui/toast.tsx"
import { Invitations } from "./invitations.tsx"
import { roleChoices, type Role } from "./role-choices.ts"

type Person = Awaited<ReturnType<typeof askPeople>>[number]

async function askPeople() {
  const answer = await answered(relay.people.$get())
  return (await answer.json()).items.filter(({ endedMs }) => endedMs === null)
}

/** For an owner of the relay: who uses it, what each may do, and how somebody else comes in. */
export function People() {
  const me = useMe()
  return me?.role === "owner" ? <OwnersPeople me={me.id} /> : null
}

function OwnersPeople({ me }: { me: string }) {
  const [people, askAgain] = useAnswer(askPeople)
  const [leaving, setLeaving] = useState<readonly string[]>([])
  const [paused, setPaused] = useState<readonly string[]>([])
  const { problem, doing } = useDoing()
  const end = async (person: Person) => {
    const { pausedBots } = await (await answered(relay.people[":id"].$delete({ param: { id: person.id } }))).json()
    setPaused(pausedBots)
    await askAgain()
  }
  const letGo = (person: Person) => {
    setLeaving((all) => [...all, person.id])
    void toastWithUndo({
      text: `${plainText(person.name, 80)} comes in no more`,
      onUndo: () => setLeaving((all) => all.filter((id) => id !== person.id)),
      onExpire: doing(() => end(person)),
    })
  }
  return (
    <section aria-label="People" className="flex flex-col gap-4 border-t border-line pt-4">
      <h2 className="text-base font-semibold">People</h2>
      <p className="max-w-[72ch] text-ink-soft">
        Whoever uses this relay beside you finds their own accounts and bots, and of yours what you show them.
      </p>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
      {people.state === "failed" && <Notice kind="warn">{people.because}</Notice>}
      {paused.length > 0 && (
        <Notice kind="info">{`These bots buy nothing more: ${paused.map((name) => plainText(name, 80)).join(", ")}.`}</Notice>
      )}
      {people.state === "ready" && (
        <ul aria-label="People" className="w-full border-b border-line">
          {people.value
            .filter(({ id }) => !leaving.includes(id))
            .map((person) => (
              <PersonRow key={person.id} person={person} me={me} onChange={askAgain} onEnd={() => letGo(person)} />
            ))}
        </ul>
      )}
      <Invitations />
    </section>
  )
}

type RowProps = { person: Person; me: string; onChange: () => Promise<void>; onEnd: () => void }

function PersonRow({ person: { id, name, role }, me, onChange, onEnd }: RowProps) {
  const { problem, doing } = useDoing()
  const isFirst = id === FIRST_PERSON
  const become = async (wanted: Role) => {
    await answered(relay.people[":id"].$patch({ param: { id }, json: { role: wanted } }))
    await onChange()
  }
  return (
    <li className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <p className="flex min-w-0 flex-wrap items-center gap-2 font-medium text-ink-strong">
        <bdi className="wrap-anywhere">{plainText(name, 80)}</bdi>
        {id === me && <Chip look="grey">YOU</Chip>}
        {isFirst && (
          <span className="text-sm font-normal text-ink-soft">has the relay’s computer, and stays an owner</span>
        )}
      </p>
      {!isFirst && (
        <div className="flex flex-wrap items-end gap-3">
          <Select
            label={`${plainText(name, 80)} is`}
            value={role}
            choices={roleChoices}
            onChange={(value) => doing(() => become(value as Role))()}
          />
          <Button aria-label={`End ${plainText(name, 80)}`} onClick={onEnd}>
            End
          </Button>
        </div>
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}

/** What the relay calls whoever started it. */
const FIRST_PERSON = "owner"
