import type { IncomingMessage } from "node:http"
import type { WebSocket } from "ws"

const PING_EVERY_MS = 20_000
const PONG_WITHIN_MS = 60_000

/** One open socket of a client, with the life Binance gives it: pinged every 20 seconds, closed after a minute without an answer. */
export class Connection {
  readonly address: string
  readonly url: URL
  readonly connectedMs: number
  /** Cut off without a word: the socket stays open and nothing moves on it any more (F30). */
  isCutOff = false
  private lastPongMs: number
  private inbound = { second: 0, count: 0 }

  constructor(
    readonly socket: WebSocket,
    request: IncomingMessage,
    { nowMs }: { nowMs: number },
  ) {
    this.address = request.socket.remoteAddress ?? "unknown"
    this.url = new URL(request.url ?? "/", "ws://exchange")
    this.connectedMs = nowMs
    this.lastPongMs = performance.now()
    socket.on("pong", () => (this.lastPongMs = performance.now()))
    socket.on("error", () => socket.terminate())
  }

  send(message: unknown): void {
    if (!this.isCutOff && this.socket.readyState === this.socket.OPEN) this.socket.send(typeof message === "string" ? message : JSON.stringify(message))
  }

  /** Keeps pinging until the socket closes; `isQuiet` says whether pings are left out just now (F34). */
  keepAlive(isQuiet: () => boolean): void {
    const timer = setInterval(() => {
      if (performance.now() - this.lastPongMs > PONG_WITHIN_MS) this.socket.terminate()
      else if (!this.isCutOff && !isQuiet()) this.socket.ping(String(Date.now()))
    }, PING_EVERY_MS)
    this.socket.on("close", () => clearInterval(timer))
  }

  /** Counts an inbound message against `perSecond`; false when it is one too many. */
  mayReceive(perSecond: number): boolean {
    const second = Math.floor(performance.now() / 1_000)
    if (this.inbound.second !== second) this.inbound = { second, count: 0 }
    return ++this.inbound.count <= perSecond
  }
}
