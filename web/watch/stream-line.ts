import type { StreamDialect, StreamEvent, StreamTopic } from "./stream-dialect.ts"

/** How the line stands. `retryAtMs` by this device's clock. */
export type LineState =
  | { state: "off" }
  | { state: "connecting" }
  | { state: "open" }
  | { state: "waiting"; retryAtMs: number; failures: number }

export type LineOptions = {
  /** Where the stream may be had, the preferred way first; the next is tried when one does not answer. */
  addresses: string[]
  dialect: StreamDialect
  onEvent: (event: StreamEvent) => void
  onState: (state: LineState) => void
}

const CONNECT_WITHIN_MS = 10_000
const PROBE_AFTER_MS = 8_000
/** Silent although asked: the socket is open in name only. */
const DEAD_AFTER_MS = 16_000
/** It answers, but nothing comes from any market: perhaps a fresh line is served better. */
const REFRESH_AFTER_MS = 60_000
const LONGEST_WAIT_MS = 30_000

/**
 * One socket to an exchange's public stream that stays up: reconnects with back-off and jitter, probes silence,
 * leaves when told that the
 * exchange will close, and subscribes again each time. What was said while it was down is lost; `onState` tells when
 * to ask history.
 */
export class StreamLine {
  #socket: WebSocket | undefined
  #topics = new Map<string, StreamTopic>()
  #failures = 0
  #way = 0
  #heardAtMs = 0
  #dataAtMs = 0
  #isProven = false
  #retry: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined

  constructor(private readonly options: LineOptions) {}

  /** From now on these and no others are listened to. */
  want(topics: StreamTopic[]): void {
    const wanted = new Map(topics.map((topic) => [JSON.stringify(topic), topic]))
    const added = [...wanted].filter(([key]) => !this.#topics.has(key)).map(([, topic]) => topic)
    const dropped = [...this.#topics].filter(([key]) => !wanted.has(key)).map(([, topic]) => topic)
    this.#topics = wanted
    if (wanted.size === 0) return this.close()
    if (this.#watch === undefined) return this.#begin()
    if (dropped.length > 0) this.#say(this.options.dialect.subscription(dropped, false))
    if (added.length > 0) this.#say(this.options.dialect.subscription(added, true))
  }

  /** Tries again at once, such as when the network is back. */
  retryNow(): void {
    if (this.#retry !== undefined) this.#connect()
  }

  /** Hangs up for good, until something is wanted again. */
  close(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#retry)
    this.#watch = this.#retry = undefined
    this.#topics.clear()
    this.#drop()
    this.options.onState({ state: "off" })
  }

  #begin(): void {
    this.#failures = 0
    this.#watch = setInterval(() => this.#lookAfter(), 1000)
    this.#connect()
  }

  #connect(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#drop()
    this.#heardAtMs = Date.now()
    this.#isProven = false
    this.options.onState({ state: "connecting" })
    const socket = new WebSocket(this.options.addresses[this.#way])
    this.#socket = socket
    const ifCurrent = (act: () => void) => () => this.#socket === socket && act()
    socket.addEventListener(
      "open",
      ifCurrent(() => this.#opened()),
    )
    socket.addEventListener(
      "close",
      ifCurrent(() => this.#lost()),
    )
    socket.addEventListener("message", ({ data }) => this.#socket === socket && this.#hear(String(data)))
  }

  #opened(): void {
    this.#heardAtMs = this.#dataAtMs = Date.now()
    this.#say(this.options.dialect.subscription([...this.#topics.values()], true))
    this.options.onState({ state: "open" })
  }

  #hear(text: string): void {
    this.#heardAtMs = Date.now()
    for (const event of this.#read(text)) {
      if (event.kind === "leaving") return this.#connect()
      if (event.kind !== "refused") this.#prove()
      this.options.onEvent(event)
    }
  }

  #prove(): void {
    this.#failures = 0
    this.#isProven = true
    this.#dataAtMs = this.#heardAtMs
  }

  /** A message nobody can read is no reason to stop listening. */
  #read(text: string): StreamEvent[] {
    try {
      return this.options.dialect.read(JSON.parse(text))
    } catch {
      return []
    }
  }

  #lost(): void {
    this.#drop()
    // A way on which something came is kept; one on which nothing did gives way to the next.
    if (!this.#isProven) this.#way = (this.#way + 1) % this.options.addresses.length
    const waitMs = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#failures) * (0.5 + Math.random() / 2)
    this.#failures++
    this.#retry = setTimeout(() => this.#connect(), waitMs)
    this.options.onState({ state: "waiting", retryAtMs: Date.now() + waitMs, failures: this.#failures })
  }

  #lookAfter(): void {
    if (!this.#socket) return
    const silentMs = Date.now() - this.#heardAtMs
    if (this.#socket.readyState !== WebSocket.OPEN) return silentMs > CONNECT_WITHIN_MS ? this.#lost() : undefined
    if (silentMs > DEAD_AFTER_MS || Date.now() - this.#dataAtMs > REFRESH_AFTER_MS) return this.#lost()
    if (silentMs > PROBE_AFTER_MS && this.options.dialect.probe) this.#say([this.options.dialect.probe])
  }

  #say(messages: object[]): void {
    if (this.#socket?.readyState === WebSocket.OPEN)
      for (const message of messages) this.#socket.send(JSON.stringify(message))
  }

  /** Lets the socket go without waiting for its goodbye: a dead one says none for minutes. */
  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }
}
