import type { IncomingMessage, Server } from "node:http"
import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { callerFrom, refusalOf } from "./origin-guard.ts"

/**
 * Judges WebSocket upgrades by the same rule as every other request: middleware never sees them, and browsers let any
 * page open a socket to localhost. No address of ours speaks WebSocket yet, so an allowed caller is told 404.
 */
export function guardUpgrades(server: Server, port: number): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const header = (name: string) => request.headers[name] as string | undefined
    const refusal = refusalOf(callerFrom(request.method ?? "GET", request.url ?? "/", header), port)
    const { status, sentence } = refusal ?? { status: 404, sentence: "There is no live stream at this address." }
    socket.on("error", () => socket.destroy())
    socket.end(plainAnswer(status, sentence))
  })
}

function plainAnswer(status: number, sentence: string) {
  const body = `${sentence}\n`
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n")
}
