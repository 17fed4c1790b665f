import { DirectoryInUse } from "../../store/relay-store.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { announcedRelay } from "../../store/running-relay.ts"
import { openStoppedRelay, STOPPED_PORT } from "../../stopped-relay.ts"
import { sleep, type Surroundings } from "../../surroundings.ts"
import { HonestNo } from "../command.ts"

/** A request to the relay of a data directory; the path is below /api. */
export type OwnerRequest = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  path: string
  body?: unknown
  headers?: Record<string, string>
}

/** Asks the relay as the owner of its data directory. A refusal becomes `HonestNo`, with the relay's own sentence. */
export type AskRelay = <Answer>(request: OwnerRequest) => Promise<Answer>

/** Another command may hold the directory for a moment. */
const TRIES = 50
const TRY_AGAIN_MS = 100

/**
 * Runs `act` with the relay of a data directory: the running one where there is one, otherwise opened for this task, by
 * the same routes and rules.
 */
export async function withOwnerRelay<Answer>(
  dataDirectory: string | undefined,
  surroundings: Surroundings,
  act: (ask: AskRelay) => Promise<Answer>,
): Promise<Answer> {
  const directory = dataDirectory ?? usualDataDirectory()
  for (let left = TRIES; ; left--) {
    const stopped = await openStoppedRelay(directory, surroundings).catch((error: Error) => {
      if (!(error instanceof DirectoryInUse)) throw new HonestNo(error.message)
      return error
    })
    if (!(stopped instanceof DirectoryInUse)) {
      const ask: AskRelay = (request) => answerOf(stopped.fetch(asRequest(STOPPED_PORT, stopped.token, request)))
      return act(ask).finally(() => stopped.close())
    }
    const running = await announcedRelay(directory)
    if (running !== undefined && (await answers(running.port)))
      return act((request) => answerOf(fetch(asRequest(running.port, running.token, request))))
    if (left === 0) throw new HonestNo(stopped.message)
    await sleep(surroundings, TRY_AGAIN_MS)
  }
}

function asRequest(port: number, token: string, { method, path, body, headers }: OwnerRequest): Request {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Request(`http://127.0.0.1:${port}/api${path}`, {
    method,
    body: text,
    headers: {
      ...headers,
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${token}`,
      ...(text !== undefined && {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(text)),
      }),
    },
  })
}

/** Whether a relay is there, and not only what an earlier one wrote down. */
export async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function answerOf<Answer>(asked: Promise<Response>): Promise<Answer> {
  const answer = await asked.catch((error: Error) => {
    throw new HonestNo(
      `The relay does not answer (${error.message}). Nothing may have been changed; look and try again.`,
    )
  })
  const text = await answer.text()
  const value = (text === "" ? undefined : JSON.parse(text)) as Answer & {
    error?: string
    code?: string
    field?: string
  }
  if (!answer.ok)
    throw new HonestNo(value?.error ?? `The relay refused (${answer.status}).`, {
      code: value?.code,
      field: value?.field,
    })
  return value
}
