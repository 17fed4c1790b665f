import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import type { Door } from "./caller.ts"
import { page, type Rest, type RestAnswer } from "./rest.ts"

const MOST_BODY_BYTES = 64 * 1024

/** Connects a Node server to the exchange's REST, through one of its doors. */
export function answerOverHttp(rest: Rest, door: Door): RequestListener {
  return (request, response) => void answer(rest, door, request, response).catch(() => response.destroy())
}

async function answer(rest: Rest, door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on("close", () => gone.abort())
  const body = await bodyOf(request)
  if (body === undefined) {
    response.setHeader("connection", "close")
    return send(response, page("413 Request Entity Too Large"))
  }
  const { method = "GET", url = "/", headers, socket } = request
  const address = socket.remoteAddress ?? "unknown"
  send(response, await rest.answer({ method, url, headers, body, address, door, signal: gone.signal }))
}

/** The body as text, or undefined when it is too large; then the rest stays unread. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function send(response: ServerResponse, { status, headers, body, fate }: RestAnswer): void {
  if (fate === "hang" || response.destroyed) return
  if (fate === "reset") return void response.socket?.resetAndDestroy()
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) })
  if (fate === "whole") response.end(body)
  else response.write(body.slice(0, body.length / 2), () => response.socket?.destroy())
}
