import { EventEmitter } from "node:events"
import type { Surroundings } from "../../surroundings.ts"
import type { OpenedExchange } from "./opened-exchange.ts"
import type { Wire } from "./streams/connection.ts"

const ADDRESS = "in this process"
const CONNECTING = 0
const OPEN = 1
const CLOSED = 3

/** The doors of an exchange without a port. */
export type InProcess = {
  /** Like the platform's fetch: faults affect this answer too. */
  fetch: (
    url: string | URL,
    init?: { method?: string; headers?: Record<string, string>; body?: unknown; signal?: AbortSignal },
  ) => Promise<Response>
  /** A socket as the package `ws` opens them. */
  socket: (url: string | URL) => InProcessSocket
}

/** Lets programs of this process use an exchange as if over the network, in the exchange's own time. */
export function openInProcess({ rest, sockets, exchange: { surroundings } }: OpenedExchange): InProcess {
  return {
    async fetch(url, { method = "GET", headers, body, signal } = {}) {
      const { pathname, search } = new URL(url)
      const sent = { ...Object.fromEntries(new Headers(headers)), host: "localhost" }
      await turn(surroundings)
      const request = { method, url: pathname + search, headers: sent, body: textOf(body), address: ADDRESS }
      const answer = await rest.answer({ ...request, door: "programs", signal })
      await turn(surroundings)
      if (answer.fate === "hang")
        return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(aborted())))
      if (answer.fate === "reset") throw connectionReset()
      const heard = answer.fate === "truncated" ? answer.body.slice(0, answer.body.length / 2) : answer.body
      return new Response(heard, { status: answer.status, headers: answer.headers })
    },
    socket(url) {
      const { pathname, search } = new URL(url)
      const caller = { url: pathname + search, address: ADDRESS, door: "programs" as const }
      const [mine, theirs] = socketPair(surroundings)
      surroundings.after(0, () => {
        const refusal = sockets.refusal(caller)
        if (refusal !== undefined) return mine.fail(`Unexpected server response: ${refusal}`)
        sockets.accept(theirs, caller)
        mine.open()
        theirs.open()
      })
      return mine
    },
  }
}

/** One end of a connection inside the process: to its user it looks like a socket of `ws`. */
export class InProcessSocket extends EventEmitter implements Wire {
  readonly OPEN = OPEN
  readonly bufferedAmount = 0
  readyState = CONNECTING
  private other: InProcessSocket | undefined

  constructor(private readonly surroundings: Surroundings) {
    super()
  }

  join(other: InProcessSocket): this {
    this.other = other
    return this
  }

  open(): void {
    this.readyState = OPEN
    this.emit("open")
  }

  /** The connection failed. */
  fail(message: string): void {
    const error = new Error(message)
    if (this.listenerCount("error") > 0) this.emit("error", error)
    this.end(1006)
  }

  send(text: string, _options?: unknown, done?: (error?: Error) => void): void {
    const isOpen = this.readyState === OPEN
    if (isOpen) this.surroundings.after(0, () => this.other?.hear(text))
    done?.(isOpen ? undefined : new Error("the socket is not open"))
  }

  ping(text = ""): void {
    this.surroundings.after(0, () => {
      if (this.other?.readyState !== OPEN) return
      this.other.emit("ping", text)
      this.emit("pong", text)
    })
  }

  pong(): void {}

  close(code = 1000): void {
    const { other } = this
    this.surroundings.after(0, () => {
      this.end(code)
      other?.end(code)
    })
  }

  terminate(): void {
    this.close(1006)
  }

  private hear(text: string): void {
    if (this.readyState !== OPEN) return
    this.emit("message", Buffer.from(text), false)
  }

  private end(code: number): void {
    if (this.readyState === CLOSED) return
    this.readyState = CLOSED
    this.emit("close", code)
  }
}

function socketPair(surroundings: Surroundings): [InProcessSocket, InProcessSocket] {
  const [mine, theirs] = [new InProcessSocket(surroundings), new InProcessSocket(surroundings)]
  return [mine.join(theirs), theirs.join(mine)]
}

function turn({ after }: Surroundings): Promise<void> {
  return new Promise((resolve) => after(0, resolve))
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : body instanceof Uint8Array ? Buffer.from(body).toString("utf8") : ""
}

function aborted(): Error {
  return new DOMException("This operation was aborted", "AbortError")
}

function connectionReset(): Error {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })
  return new TypeError("fetch failed", { cause })
}
