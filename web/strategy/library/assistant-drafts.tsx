import { useNavigate } from "@tanstack/react-router"
import { Eye, Trash2 } from "lucide-react"
import { plainText } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import { answered, relay } from "../../relay-client/relay.ts"
import { useAnswer } from "../../relay-client/use-answer.ts"
import { useDoing } from "../../relay-client/use-doing.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { shareFragment } from "./share-link.ts"

type Draft = Awaited<ReturnType<typeof askDrafts>>[number]

async function askDrafts() {
  const answer = await answered(relay.drafts.$get())
  return (await answer.json()).items
}

/** What outside assistants drafted, to look at, take or throw away. Nothing where there is none, or no relay. */
export function AssistantDrafts() {
  const [drafts, askAgain] = useAnswer(askDrafts)
  if (drafts.state !== "ready" || drafts.value.length === 0) return null
  return (
    <section aria-labelledby="assistant-drafts" className="flex flex-col gap-2">
      <h2 id="assistant-drafts" className="text-base font-semibold">
        Drafts from your assistant
      </h2>
      <p className="max-w-[72ch] text-ink-soft">
        An assistant you let in wrote these. Nothing uses them: look at one, and keep it if it is what you want.
      </p>
      <ul className="border-b border-line">
        {drafts.value.map((draft) => (
          <DraftRow key={draft.id} draft={draft} onGone={askAgain} />
        ))}
      </ul>
    </section>
  )
}

function DraftRow({ draft, onGone }: { draft: Draft; onGone: () => Promise<void> }) {
  const { id, note, savedMs, strategy } = draft
  const { timeZone } = usePreferences()
  const { problem, doing } = useDoing()
  const navigate = useNavigate()
  const name = plainText(draft.name, 100)
  const look = async () => {
    const made = await shareFragment(strategy as WrittenStrategy)
    if (!made.ok) throw new Error(made.because)
    await navigate({ to: "/share", hash: made.fragment })
  }
  const throwAway = async () => {
    await answered(relay.drafts[":id"].$delete({ param: { id } }))
    await onGone()
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere text-ink-strong">
          <bdi>{name}</bdi>
        </p>
        <p className="max-w-[72ch] text-sm wrap-anywhere text-ink-soft">
          {[plainText(note, 500), formatDateTime(savedMs, timeZone)].filter(Boolean).join(" · ")}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button icon={<Eye aria-hidden className="size-4" />} aria-label={`Look at it: ${name}`} onClick={doing(look)}>
          Look at it
        </Button>
        <Button
          look="quiet"
          icon={<Trash2 aria-hidden className="size-4" />}
          aria-label={`Throw away ${name}`}
          onClick={doing(throwAway)}
        >
          Throw away
        </Button>
      </div>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}
