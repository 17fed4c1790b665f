import type { IncomingMessage, Server } from "node:http"
import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import type { Asked, CallerGuard } from "./caller-guard.ts"
import { guarded } from "./guarded.ts"
import type { Entrance, Front } from "./front.ts"
import { callerFrom, entranceOf } from "./origin-guard.ts"
import { partSocket } from "./part-socket.ts"
import { upgradePolicyOf } from "./policy.ts"
import { Refusal } from "./refusal.ts"
import { withoutProof } from "./signed-address.ts"

/** Accepts an upgrade whose caller may come in, or answers why not. */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => Refusal | undefined

type UpgradeDoor = { guard: CallerGuard; take: TakeUpgrade; onBug: (error: unknown) => void }

/**
 * Checks WebSocket upgrades by the same rules as every other request: middleware never sees them, and browsers let any
 * page open a socket to localhost. Only then calls `take`. Whatever happens here ends this socket at most; `onBug`
 * receives our bugs.
 */
export function guardUpgrades(server: Server, front: Front, { guard, take, onBug }: UpgradeDoor): void {
  const failed = (error: unknown, socket: Duplex) => {
    if (error instanceof Refusal) return turnAway(socket, error)
    onBug(error)
    turnAway(socket, new Refusal(500, "our-mistake", "Candlewright made a mistake and ended this stream."))
  }
  const judge = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy())
    const entrance = entranceOfUpgrade(request, front)
    const letIn = () => {
      // The proof has done its work, and goes no further.
      request.url = withoutProof(request.url ?? "").address
      const refusal = take(request, socket, head)
      if (refusal) turnAway(socket, refusal)
    }
    const policy = upgradePolicyOf(request.url ?? "", entrance)
    if (policy === "everyone") return letIn()
    guard
      .admit(policy, askedOf(request, entrance), entrance.from)
      .then(letIn)
      .catch((error: unknown) => failed(error, socket))
  }
  server.on(
    "upgrade",
    guarded(judge, (error, _request, socket) => failed(error, socket)),
  )
}

function entranceOfUpgrade({ method = "", url = "", headersDistinct, socket }: IncomingMessage, front: Front) {
  // Said twice it is joined, so that it is nobody's: Node alone would take the first Host and not see the second.
  const header = (name: string) => headersDistinct[name]?.join(", ")
  return entranceOf(callerFrom({ method, path: url, target: url, carrier: socket }, header), front)
}

/** A page cannot put a header on its socket's request, so its proof may stand in the address. */
function askedOf({ method = "GET", url = "", headers }: IncomingMessage, { origin, from }: Entrance): Asked {
  const { address, proof } = withoutProof(`${origin}${url}`)
  return { method, address, from, authorization: headers.authorization ?? proof, body: async () => new Uint8Array() }
}

function turnAway(socket: Duplex, refusal: Refusal): void {
  partSocket(socket, plainAnswer(refusal))
}

function plainAnswer({ status, message, details }: Refusal) {
  const body = `${message}\n`
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(details.retryAfterS === undefined ? [] : [`Retry-After: ${details.retryAfterS}`]),
    "Connection: close",
    "",
    body,
  ].join("\r\n")
}
