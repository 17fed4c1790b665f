import { Link } from "@tanstack/react-router"
import { Radio } from "lucide-react"
import { useCallback } from "react"
import { plainText } from "#engine/candles"
import { PairedOnly, TradingTabs, WatchedOnly } from "../accounts/index.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { useRemembered } from "../ui/use-remembered.ts"
import { Switch } from "../ui/switch.tsx"
import { askBots, type Bot } from "./bot.ts"
import { askEvents, type BotEvent } from "./bot-history.ts"
import { EventLine } from "./event-line.tsx"
import { foldedEvents } from "./folded-events.ts"
import { useLiveEvents } from "./use-live-events.ts"

/** What happened to all bots, as it happens; what was refused or went wrong can be read apart. */
export function EventsScreen() {
  return (
    <>
      <PageHeader title="Risk and events">
        What your bots did and why, and what was refused for their safety.
      </PageHeader>
      <TradingTabs />
      <PairedOnly what={<p>Here is told what all your bots did and why, and what was refused.</p>}>
        <Events />
      </PairedOnly>
    </>
  )
}

/** Of so many bots, the past is fetched; the others are heard from now on. */
const MOST_ASKED = 20
const MOST_SHOWN = 300

async function askPast() {
  const bots = await askBots()
  const pages = await Promise.all(bots.slice(0, MOST_ASKED).map(({ id }) => askEvents(id)))
  return { bots, events: pages.flatMap(({ items }) => items) }
}

function Events() {
  const watched = useWatched(useCallback(() => askPast(), []))
  const live = useLiveEvents()
  return (
    <WatchedOnly watched={watched}>
      {({ bots, events }) => <Told bots={bots} events={events} heard={live.events} state={live.state} />}
    </WatchedOnly>
  )
}

type ToldProps = {
  bots: Bot[]
  events: BotEvent[]
  heard: BotEvent[]
  state: ReturnType<typeof useLiveEvents>["state"]
}

const wantEyes: readonly BotEvent["kind"][] = ["refusal", "risk", "problem"]

function Told({ bots, events, heard, state }: ToldProps) {
  const [isRiskOnly, setRiskOnly] = useRemembered<boolean>("events.risk-only", true)
  const all = [...new Map([...events, ...heard].map((event) => [event.seq, event])).values()]
  const shown = all.filter(({ kind }) => !isRiskOnly || wantEyes.includes(kind)).toSorted((a, b) => b.seq - a.seq)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2">
        <p role="status" className="inline-flex items-center gap-2 text-sm text-ink-soft">
          <Radio aria-hidden className={`size-4 ${state === "live" ? "text-gain" : "text-warn"}`} />
          {stateWords[state]}
        </p>
        <Switch label="Only refusals, risk and problems" checked={isRiskOnly} onChange={setRiskOnly} />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={isRiskOnly ? "Nothing was refused and nothing went wrong" : "Nothing has happened yet"}>
          {isRiskOnly
            ? "An order that the risk settings do not allow, a stop that could not be placed, a price that is too old: it would be here, in words."
            : "Each decision of a bot is told here, and why."}
        </EmptyState>
      ) : (
        <ol aria-label="What happened to all bots" className="border-b border-line">
          {foldedEvents(shown)
            .slice(0, MOST_SHOWN)
            .map((event) => (
              <EventLine key={event.seq} event={event}>
                <BotName bot={bots.find(({ id }) => id === event.botId)} />
              </EventLine>
            ))}
        </ol>
      )}
    </div>
  )
}

function BotName({ bot }: { bot: Bot | undefined }) {
  if (bot === undefined) return null
  return (
    <p className="text-sm">
      <Link
        to="/bots/$botId"
        params={{ botId: bot.id }}
        className="inline-flex min-h-6 items-center text-ink-soft underline underline-offset-4 hover:text-ink-strong"
      >
        <bdi>{plainText(bot.name, 80)}</bdi>
      </Link>
    </p>
  )
}

const stateWords = {
  connecting: "Connecting to what happens now…",
  live: "Live: what happens appears by itself.",
  broken: "Not live now. What you miss is fetched when the relay answers again.",
}
