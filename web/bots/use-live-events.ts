import { useEffect, useState } from "react"
import { followEvents, type StreamState } from "../relay-client/relay-events.ts"
import type { BotEvent } from "./bot-history.ts"

/** Older ones are in each bot's own past. */
const MOST_KEPT = 300

/** What has happened to all bots since this was first shown, and whether it is heard as it happens. */
export function useLiveEvents(): { events: BotEvent[]; state: StreamState } {
  const [events, setEvents] = useState<BotEvent[]>([])
  const [state, setState] = useState<StreamState>("connecting")
  useEffect(
    () =>
      followEvents({
        onEvent: (event) => setEvents((before) => [...before, event as BotEvent].slice(-MOST_KEPT)),
        onState: setState,
      }),
    [],
  )
  return { events, state }
}
