import type { ServerResponse } from "node:http"
import type { Context } from "hono"
import { type SSEStreamingApi, streamSSE } from "hono/streaming"
import type { Surroundings } from "../surroundings.ts"

/** A reader that takes nothing of what was sent for so long is cut off; it resumes from the last id it has. */
const TAKE_WITHIN_MS = 20_000

type StreamDeps = {
  surroundings: Pick<Surroundings, "after">
  /** Aborted when the relay stops. */
  stopping: AbortSignal
}

/** What a stream of server-sent events is written to. */
export type EventStream = {
  /** Settles once the reader has taken it, or will take no more. */
  write(text: string): Promise<void>
  /** Aborted once the reader is gone or cut off, or the relay stops. */
  ended: AbortSignal
}

/** Answers with server-sent events that `act` writes; the answer ends when `act` does. `act` may not throw. */
export function eventStream(c: Context, deps: StreamDeps, act: (stream: EventStream) => Promise<void>): Response {
  return streamSSE(c, async (sse) => {
    const gone = new AbortController()
    sse.onAbort(() => gone.abort())
    const cutOff = () => {
      sse.abort()
      outgoingOf(c)?.destroy()
    }
    const ended = AbortSignal.any([gone.signal, deps.stopping])
    await act({ ended, write: (text) => written(sse, text, { ...deps, cutOff }) })
  })
}

type Cut = StreamDeps & { cutOff: () => void }

async function written(sse: SSEStreamingApi, text: string, { surroundings, stopping, cutOff }: Cut): Promise<void> {
  const cancel = surroundings.after(TAKE_WITHIN_MS, cutOff)
  stopping.addEventListener("abort", cutOff, { once: true })
  await sse.write(text)
  stopping.removeEventListener("abort", cutOff)
  cancel()
}

/** The connection under an answer; a test without a server has none. */
function outgoingOf(c: Context): ServerResponse | undefined {
  return (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing
}
