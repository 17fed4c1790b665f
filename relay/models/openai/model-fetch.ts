import { ModelFailure } from "../model-failure.ts"
import { streamed } from "./whole-answer.ts"

/** `fetch`, as browsers and Node have it. */
export type ModelFetch = (address: string, init: ModelFetchInit) => Promise<Response>

/** What is sent: never more than one of these. */
export type ModelFetchInit = {
  method: string
  headers: Record<string, string>
  body?: string
  signal?: AbortSignal
  redirect: "error"
  credentials: "omit"
  referrerPolicy: "no-referrer"
}

/** Everything else that a library adds enters each preflight, and some servers then refuse pages altogether. */
const sentHeaders = ["authorization", "content-type", "accept"]

const MOST_ANSWER_BYTES = 16 * 1024 * 1024
/** A line that never ends would be held, and copied with each piece that comes. */
const MOST_LINE_BYTES = 512 * 1024

type FetchOptions = { fetch: ModelFetch; baseUrl: string; headers?: Record<string, string>; hasKey: boolean }

/**
 * `fetch` for a library that speaks to one server only: few headers, no redirects, no cookies, bounded answers, and a
 * web page in place of an answer is refused.
 */
export function modelFetch({ fetch, baseUrl, headers, hasKey }: FetchOptions) {
  return async (address: unknown, init: Record<string, unknown> = {}): Promise<Response> => {
    const text = String(address)
    if (!text.startsWith(`${baseUrl}/`)) throw new Error(`a request was led away from ${baseUrl}`)
    const answer = await fetch(text, {
      method: typeof init.method === "string" ? init.method : "GET",
      headers: { ...fewHeaders(init.headers as Headers, hasKey), ...headers },
      body: typeof init.body === "string" ? init.body : undefined,
      signal: init.signal as AbortSignal | undefined,
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    })
    return text.endsWith("/chat/completions") ? streamed(bounded(answer)) : bounded(answer)
  }
}

function fewHeaders(all: Headers, hasKey: boolean): Record<string, string> {
  const few: Record<string, string> = {}
  new Headers(all).forEach((value, name) => {
    if (sentHeaders.includes(name.toLowerCase()) && (hasKey || name.toLowerCase() !== "authorization"))
      few[name] = value
  })
  return few
}

function bounded(answer: Response): Response {
  const { body, headers, status } = answer
  if (body === null) return answer
  const isPage = /^text\/html\b/i.test(headers.get("content-type") ?? "")
  if (isPage && status < 300) throw webPage()
  return new Response(status < 300 ? boundedBody(body) : beginning(body), { status, headers })
}

function webPage(): ModelFailure {
  return new ModelFailure("badOutput", {
    because: "The address answered with a web page instead of a model's answer.",
    nextStep:
      "Check the address: it usually ends in /v1. A hotel's or company's sign-in page can also stand in the way.",
  })
}

function boundedBody(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let all = 0
  let line = 0
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      all += value.length
      const lineEnd = value.lastIndexOf(LINE_FEED)
      line = lineEnd === -1 ? line + value.length : value.length - lineEnd - 1
      if (all <= MOST_ANSWER_BYTES && line <= MOST_LINE_BYTES) return controller.enqueue(value)
      controller.error(tooLong())
      await reader.cancel().catch(() => {})
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

const LINE_FEED = 10
const MOST_REFUSAL_BYTES = 64 * 1024

/** Of a refusal, only what may be read out. */
function beginning(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let left = MOST_REFUSAL_BYTES
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      controller.enqueue(value.subarray(0, left))
      left -= value.length
      if (left > 0) return
      controller.close()
      await reader.cancel().catch(() => {})
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function tooLong(): ModelFailure {
  return new ModelFailure("badOutput", {
    because: "The answer became far longer than any answer is, and Candlewright stopped listening.",
  })
}
