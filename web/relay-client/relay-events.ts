import { tellNews } from "./relay-news.ts"
import { answered, relay } from "./relay.ts"
import { type Message, messageFrom } from "./server-sent.ts"

// What happens to bots, as it happens: one stream for the whole page, which goes on where it broke off.

export type StreamState = "connecting" | "live" | "broken"

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

/**
 * Follows what happens to all bots, as long as the page is in sight: a browser has few connections, and a page that
 * nobody sees catches up afterwards. `onEvent` receives each event once; the function ends it.
 */
export function followEvents({
  onEvent,
  onState,
}: {
  onEvent: (event: unknown) => void
  onState: (state: StreamState) => void
}): () => void {
  let last: string | undefined
  let waitMs = FIRST_WAIT_MS
  let stream: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = async () => {
    const mine = (stream = new AbortController())
    try {
      for await (const { id, event, data } of messages(last, mine.signal)) {
        onState("live")
        waitMs = FIRST_WAIT_MS
        last = id ?? last
        if (data === "") continue
        // A reset says that numbers began anew: the lists are read again, and nothing happened.
        if (event === undefined) onEvent(JSON.parse(data))
        tellNews()
      }
    } catch {
      // Said by the state; the list itself says why the relay does not answer.
    }
    if (mine.signal.aborted) return
    onState("broken")
    timer = setTimeout(() => void open(), waitMs)
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
  }
  const close = () => {
    stream?.abort()
    clearTimeout(timer)
  }
  const onSight = () => {
    close()
    if (document.visibilityState === "visible") void open()
  }
  document.addEventListener("visibilitychange", onSight)
  void open()
  return () => {
    document.removeEventListener("visibilitychange", onSight)
    close()
  }
}

/** Server-sent events after an id. `EventSource` cannot prove who asks, so they are read here. */
async function* messages(after: string | undefined, signal: AbortSignal): AsyncGenerator<Message> {
  const header = after === undefined ? {} : { "last-event-id": after }
  const answer = await answered(relay.events.$get({ query: {}, header }, { init: { signal } }))
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const parts = `${rest}${value}`.split("\n\n")
    rest = parts.pop() ?? ""
    if (rest.length > MOST_LETTERS) throw new Error("A message is too long.")
    yield* parts.map(messageFrom)
  }
}

/** No event is as long. */
const MOST_LETTERS = 1_000_000
