import type { IncomingMessage, Server } from "node:http"
import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { guarded } from "./guarded.ts"
import { callerFrom, refusalOf } from "./origin-guard.ts"

/** Why we refuse an upgrade: an HTTP status and a sentence for the person who sees it. */
export type UpgradeRefusal = { status: 403 | 404 | 421 | 500 | 503; sentence: string }

/** Accepts an upgrade whose caller may come in, or answers why not. */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => UpgradeRefusal | undefined

/** A refused caller that does not hang up is cut off after this. */
const GOODBYE_MS = 2_000

/**
 * Checks WebSocket upgrades by the same rule as every other request: middleware never sees them, and browsers let any
 * page open a socket to localhost. Only then calls `take`. Whatever happens here ends this socket at most; `onBug`
 * receives our bugs.
 */
export function guardUpgrades(
  server: Server,
  port: number,
  { take, onBug }: { take: TakeUpgrade; onBug: (error: unknown) => void },
): void {
  const judge = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy())
    const refusal = refusalOfUpgrade(request, port) ?? take(request, socket, head)
    if (refusal) turnAway(socket, refusal)
  }
  server.on(
    "upgrade",
    guarded(judge, (error, _request, socket) => {
      onBug(error)
      turnAway(socket, { status: 500, sentence: "Candlewright made a mistake and ended this stream." })
    }),
  )
}

function refusalOfUpgrade({ method = "", url = "", headers }: IncomingMessage, port: number) {
  const header = (name: string) => headers[name] as string | undefined
  return refusalOf(callerFrom({ method, path: url, target: url }, header), port)
}

function turnAway(socket: Duplex, { status, sentence }: UpgradeRefusal): void {
  if (socket.destroyed) return
  socket.end(plainAnswer(status, sentence))
  // We ignore whatever the caller still sends, and the caller may never hang up.
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), GOODBYE_MS)
  socket.once("close", () => clearTimeout(timer))
}

function plainAnswer(status: number, sentence: string) {
  const body = `${sentence}\n`
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? ["Retry-After: 5"] : []),
    "Connection: close",
    "",
    body,
  ].join("\r\n")
}
