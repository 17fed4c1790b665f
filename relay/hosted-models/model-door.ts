import type { IncomingMessage } from "node:http"
import { FROM_MODEL } from "#models"
import { guardedRequest } from "../door/guarded-request.ts"
import { Refusal } from "../door/refusal.ts"
import type { Surroundings } from "../surroundings.ts"
import type { ModelKeys, OpenModelKey } from "./model-keys.ts"

/** What a person's own page may ask a model's server for. */
export type ModelAddress = "chat/completions" | "models"

/** A server's answer on its way to the page. */
export type PassedModelAnswer = {
  status: number
  headers: Record<string, string>
  body: ReadableStream<Uint8Array> | string
}

type DoorDeps = { keys: ModelKeys; surroundings: Pick<Surroundings, "after"> }
type Asked = { id: string; address: ModelAddress; body?: string; signal: AbortSignal }

/** Answers under way at once, for all pages. */
const MOST_AT_ONCE = 8
/** A model may think for long before its first word. */
const HEAD_WITHIN_MS = 120_000
const WHOLE_WITHIN_MS = 900_000
const MOST_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Asks models in a page's place: with a sealed key, at the address that key was given for and no other, without
 * following it elsewhere; the answer streams through.
 */
export class ModelDoor {
  #underWay = 0

  constructor(private readonly deps: DoorDeps) {}

  /** Undefined when there is no such key. Throws a `Refusal`, and `VaultLocked`. */
  async ask(asked: Asked): Promise<PassedModelAnswer | undefined> {
    const opened = await this.deps.keys.open(asked.id)
    if (opened === undefined) return undefined
    if (this.#underWay >= MOST_AT_ONCE)
      throw new Refusal(429, "too-many-at-once", `${MOST_AT_ONCE} models are answering already. Wait for one.`, {
        retryAfterS: 5,
      })
    this.#underWay++
    const whole = new AbortController()
    const cancel = this.deps.surroundings.after(WHOLE_WITHIN_MS, () => whole.abort())
    const leave = once(() => {
      this.#underWay--
      cancel()
    })
    try {
      const answer = await this.#send(opened, asked, AbortSignal.any([asked.signal, whole.signal]))
      return passed(answer, leave)
    } catch (error) {
      leave()
      throw new Refusal(
        503,
        "model-away",
        `${opened.host.name} could not be reached: ${endOf(error)}. Nothing was lost; trying again is safe.`,
        { cause: error },
      )
    }
  }

  #send({ host, key, isLocal }: OpenModelKey, { address, body }: Asked, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(`${host.baseUrl}/${address}`)
    const headers = {
      accept: "text/event-stream, application/json",
      ...(key !== "" && { authorization: `Bearer ${key}` }),
    }
    const method = body === undefined ? "GET" : "POST"
    return guardedRequest(
      { method, url, body, headers, isLocal, signal, surroundings: this.deps.surroundings },
      HEAD_WITHIN_MS,
    )
  }
}

function passed(answer: IncomingMessage, leave: () => void): PassedModelAnswer {
  const status = answer.statusCode ?? 502
  const type = answer.headers["content-type"] ?? ""
  const own = { [FROM_MODEL]: "1" }
  // A foreign page must not appear on our origin, and HTTP defines nothing beyond 599.
  if (
    status < 200 ||
    status > 599 ||
    (status >= 300 && status < 400) ||
    !/^(text\/event-stream|application\/json)\b/i.test(type)
  ) {
    answer.destroy()
    leave()
    const message =
      status >= 300 && status < 400
        ? "it sends elsewhere, and Candlewright does not follow"
        : "it sent a page in place of an answer"
    const code = status >= 400 && status <= 599 ? status : 502
    return {
      status: code,
      headers: { ...own, "content-type": "application/json" },
      body: JSON.stringify({ error: { message } }),
    }
  }
  const wait = retryAfter(answer.headers["retry-after"])
  return { status, headers: { ...own, "content-type": type, ...wait }, body: bounded(answer, leave) }
}

function retryAfter(text: string | undefined): Record<string, string> {
  return text !== undefined && /^\d{1,9}(\.\d{1,3})?$/.test(text) ? { "retry-after": text } : {}
}

function bounded(answer: IncomingMessage, leave: () => void): ReadableStream<Uint8Array> {
  const pieces = (answer as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  let bytes = 0
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await pieces.next()
        if (done) return (controller.close(), leave())
        bytes += value.length
        if (bytes > MOST_ANSWER_BYTES) throw new Error("the answer is too long")
        controller.enqueue(value)
      } catch (error) {
        answer.destroy()
        leave()
        controller.error(error)
      }
    },
    cancel: () => {
      answer.destroy()
      leave()
    },
  })
}

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    act()
  }
}

/** What went wrong, without anything the request had in it. */
function endOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? (error instanceof Error ? message : "it does not answer")
}
