import { readdir } from "node:fs/promises"
import { quoted } from "#engine/candles"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { databaseAddress } from "../../store/database-address.ts"
import { isHeldElsewhere } from "../../store/relay-lock.ts"
import { announcedRelay, type RunningRelay } from "../../store/running-relay.ts"
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
 * the same routes and rules. A question to a folder without data is refused, and creates nothing.
 */
export async function withOwnerRelay<Answer>(
  dataDirectory: string | undefined,
  surroundings: Surroundings,
  act: (ask: AskRelay) => Promise<Answer>,
): Promise<Answer> {
  const directory = dataDirectory ?? usualDataDirectory()
  let opened: Promise<Opened> | undefined
  const ask: AskRelay = async (request) => {
    if (opened === undefined && request.method === "GET" && (await isEmpty(directory))) throw nothingIn(directory)
    opened ??= openRelay(directory, surroundings)
    return (await opened).ask(request)
  }
  // One that does not open has said so to who asked.
  return act(ask).finally(async () => (await opened?.catch(() => undefined))?.close())
}

type Opened = { ask: AskRelay; close(): Promise<void> }

async function openRelay(directory: string, surroundings: Surroundings): Promise<Opened> {
  for (let left = TRIES; ; left--) {
    const running = await relayAt(directory)
    if (running !== undefined) {
      const ask: AskRelay = (request) => answerOf(fetch(asRequest(running.port, running.token, request)))
      return { ask, close: async () => {} }
    }
    const stopped = await openStopped(directory, surroundings)
    if (!(stopped instanceof Error)) return stopped
    if (left === 0) throw new HonestNo(stopped.message)
    await sleep(surroundings, TRY_AGAIN_MS)
  }
}

/** The relay that has the directory and answers. */
async function relayAt(directory: string): Promise<RunningRelay | undefined> {
  const announced = await announcedRelay(directory)
  // What an earlier relay wrote down may be another program's port by now.
  if (announced === undefined || !(await isHeldElsewhere(directory))) return undefined
  return (await answers(announced.port)) ? announced : undefined
}

/** The app of a directory whose relay does not run; the error where another program has it for the moment. */
async function openStopped(directory: string, surroundings: Surroundings): Promise<Opened | Error> {
  // The whole relay is read here and not above: most commands find one that runs.
  const [{ openStoppedRelay, STOPPED_PORT }, { DirectoryInUse }] = await Promise.all([
    import("../../stopped-relay.ts"),
    import("../../store/relay-store.ts"),
  ])
  try {
    const stopped = await openStoppedRelay(directory, surroundings)
    const ask: AskRelay = (request) => answerOf(stopped.fetch(asRequest(STOPPED_PORT, stopped.token, request)))
    return { ask, close: () => stopped.close() }
  } catch (error) {
    if (error instanceof DirectoryInUse) return error
    throw new HonestNo((error as Error).message)
  }
}

/** Whether no Candlewright has kept anything there: a question creates nothing. */
async function isEmpty(directory: string): Promise<boolean> {
  if (databaseAddress() !== undefined) return false
  const files = await readdir(directory).catch(({ code }: NodeJS.ErrnoException) => (code === "ENOENT" ? [] : [code]))
  return files.length === 0
}

function nothingIn(directory: string): HonestNo {
  return new HonestNo(
    `There is nothing yet in ${quoted(directory, 200)}, and nothing was created there. Name another folder with --data, or begin with \`candlewright serve\` or \`candlewright accounts add\`.`,
  )
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
