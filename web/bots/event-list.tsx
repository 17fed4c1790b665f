import { useCallback, useState } from "react"
import { WatchedOnly } from "../accounts/index.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { askEvents, type BotEvent } from "./bot-history.ts"
import { EventLine } from "./event-line.tsx"
import { foldedEvents } from "./folded-events.ts"

/** What happened to a bot, the newest first, and older on asking. */
export function EventList({ botId }: { botId: string }) {
  const watched = useWatched(useCallback(() => askEvents(botId), [botId]))
  return <WatchedOnly watched={watched}>{(page) => <Pages botId={botId} newest={page} />}</WatchedOnly>
}

type Page = { items: BotEvent[]; next: string | null }

function Pages({ botId, newest }: { botId: string; newest: Page }) {
  const [older, setOlder] = useState<Page>()
  const { problem, isDoing, doing } = useDoing()
  const next = older ? older.next : newest.next
  const more = async () => {
    const page = await askEvents(botId, next ?? undefined)
    setOlder({ items: [...(older?.items ?? newest.items), ...page.items], next: page.next })
  }
  const events = foldedEvents(joined(newest.items, older?.items ?? []))
  if (events.length === 0)
    return <p className="text-ink-soft">Nothing yet. Each decision will be told here, and why.</p>
  return (
    <div className="flex flex-col items-start gap-3">
      <ol aria-label="What happened" className="w-full border-b border-line">
        {events.map((event) => (
          <EventLine key={event.seq} event={event} />
        ))}
      </ol>
      {next !== null && (
        <Button disabled={isDoing} onClick={doing(more)}>
          Show older
        </Button>
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </div>
  )
}

/** Both, each event once, the newest first. */
function joined(newest: readonly BotEvent[], older: readonly BotEvent[]): BotEvent[] {
  const all = new Map([...older, ...newest].map((event) => [event.seq, event]))
  return [...all.values()].toSorted((a, b) => b.seq - a.seq)
}
