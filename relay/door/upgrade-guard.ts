import type { IncomingMessage, Server } from "node:http"
import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { callerFrom, refusalOf } from "./origin-guard.ts"

/** Takes an upgrade whose caller may come in; false when there is nothing at its address. */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

/**
 * Judges WebSocket upgrades by the same rule as every other request: middleware never sees them, and browsers let any
 * page open a socket to localhost. Only then is `take` asked; what it does not take is told 404.
 */
export function guardUpgrades(server: Server, port: number, take: TakeUpgrade): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const header = (name: string) => request.headers[name] as string | undefined
    const refusal = refusalOf(callerFrom(request.method ?? "GET", request.url ?? "/", header), port)
    socket.on("error", () => socket.destroy())
    if (refusal === undefined && take(request, socket, head)) return
    const { status, sentence } = refusal ?? { status: 404, sentence: "There is no live stream at this address." }
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
