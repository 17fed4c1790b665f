import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

// A model server on this computer that speaks OpenAI's protocol and says what a test wrote for it.

/** What it was asked: the parsed request, and its headers. */
export type HeardRequest = {
  method: string
  path: string
  headers: IncomingMessage["headers"]
  body: { model?: string; messages?: { role: string; content: string }[]; [field: string]: unknown }
}

/** How it answers one request. */
export type ServersAct = (answer: ServerResponse, request?: HeardRequest) => void | Promise<void>

export type ModelServer = {
  baseUrl: string
  heard: HeardRequest[]
  close: () => Promise<void>
}

type ServerOptions = {
  /** What it does next: an act for each request, in their order, or one that looks at the request. */
  script: ServersAct[] | ((request: HeardRequest) => ServersAct)
  models?: string[]
  /** Whether pages of other origins may read its answers, refusals too. */
  allowsPages?: boolean
  port?: number
}

/** Starts it; it listens on 127.0.0.1 only. */
export async function startModelServer(options: ServerOptions): Promise<ModelServer> {
  const heard: HeardRequest[] = []
  const acts = Array.isArray(options.script) ? [...options.script] : undefined
  const server = createServer((request, answer) => {
    void respond(request, answer).catch((error: unknown) => answer.destroy(error as Error))
  })
  const respond = async (request: IncomingMessage, answer: ServerResponse) => {
    if (options.allowsPages ?? true) allowPages(answer)
    if (request.method === "OPTIONS") return void answer.writeHead(204).end()
    if (request.url?.endsWith("/models")) return jsonAct(200, modelList(options.models ?? ["scripted"]))(answer)
    const asked = await heardFrom(request)
    heard.push(asked)
    const act = acts === undefined ? (options.script as (request: HeardRequest) => ServersAct)(asked) : acts.shift()
    await (act ?? status(500, "the script is at its end"))(answer, asked)
  }
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Says a text, in pieces of a few letters as models do. */
export function says(text: string, usage: Usage = usualUsage): ServersAct {
  return streams([...piecesOf(text).map((content) => chunk({ content })), chunk({}, "stop"), usageChunk(usage)])
}

/** Calls tools, the arguments in pieces. */
export function calls(...all: { name: string; arguments: unknown }[]): ServersAct {
  const chunks = all.flatMap(({ name, arguments: given }, index) => {
    const begin = { index, id: `call_${index}`, type: "function", function: { name, arguments: "" } }
    const text = typeof given === "string" ? given : JSON.stringify(given)
    const parts = piecesOf(text).map((part) => ({ index, function: { arguments: part } }))
    return [begin, ...parts].map((call) => chunk({ tool_calls: [call] }))
  })
  return streams([...chunks, chunk({}, "tool_calls"), usageChunk(usualUsage)])
}

/** Streams these objects as events, and the end where wanted. */
export function streams(chunks: unknown[], { done = true }: { done?: boolean } = {}): ServersAct {
  return (answer) => {
    beginStream(answer)
    for (const each of chunks) answer.write(`data: ${JSON.stringify(each)}\n\n`)
    answer.end(done ? "data: [DONE]\n\n" : undefined)
  }
}

/** Streams these bytes, one write for each, whatever they are; `end` "cut" breaks the connection, "open" leaves it. */
export function streamsBytes(pieces: (string | Uint8Array)[], end: "done" | "cut" | "open" = "done"): ServersAct {
  return async (answer) => {
    beginStream(answer)
    for (const piece of pieces) {
      answer.write(piece)
      // Each in a packet of its own.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (end === "done") answer.end()
    if (end === "cut") answer.destroy()
  }
}

/** Refuses as OpenAI does. */
export function status(
  code: number,
  message: string,
  more: { headers?: Record<string, string>; code?: string; param?: string } = {},
): ServersAct {
  const error = { message, type: "error", code: more.code ?? null, param: more.param ?? null }
  return jsonAct(code, { error }, more.headers)
}

/** Answers JSON in one piece. */
export function jsonAct(code: number, body: unknown, headers: Record<string, string> = {}): ServersAct {
  return (answer) =>
    void answer.writeHead(code, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))
}

/** Answers a web page. */
export function page(code: number, html = "<!doctype html><title>Sign in</title>"): ServersAct {
  return (answer) => void answer.writeHead(code, { "content-type": "text/html" }).end(html)
}

/** One event of a stream. */
export function chunk(delta: object, finish: string | null = null): object {
  return { id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] }
}

type Usage = { [count: string]: unknown }
const usualUsage: Usage = {
  prompt_tokens: 1500,
  completion_tokens: 700,
  prompt_tokens_details: { cached_tokens: 1000 },
}

export function usageChunk(usage: Usage): object {
  return { id: "c", object: "chat.completion.chunk", choices: [], usage }
}

function modelList(names: string[]): object {
  return { object: "list", data: names.map((id) => ({ id, object: "model" })) }
}

function beginStream(answer: ServerResponse): void {
  answer.writeHead(200, { "content-type": "text/event-stream" })
}

const PIECE_LETTERS = 24
const MOST_PIECES = 200

function piecesOf(text: string): string[] {
  const letters = Math.max(PIECE_LETTERS, Math.ceil(text.length / MOST_PIECES))
  return text.match(new RegExp(`[^]{1,${letters}}`, "gu")) ?? []
}

function allowPages(answer: ServerResponse): void {
  answer.setHeader("access-control-allow-origin", "*")
  answer.setHeader("access-control-allow-headers", "authorization, content-type")
}

async function heardFrom(request: IncomingMessage): Promise<HeardRequest> {
  let text = ""
  for await (const piece of request) text += String(piece)
  const body = JSON.parse(text === "" ? "{}" : text) as HeardRequest["body"]
  return { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body }
}
