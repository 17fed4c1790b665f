import type { StreamDialect, StreamEvent, StreamTopic } from "./stream-event.ts"

/** The state of the connection. `retryAtMs` is by this device's clock. */
export type LineState =
  | { state: "off" }
  | { state: "connecting" }
  | { state: "open" }
  | { state: "waiting"; retryAtMs: number; failures: number }

/** One WebSocket, whoever makes it. */
export type LineSocket = { isOpen: () => boolean; send: (text: string) => void; close: () => void }
export type SocketEars = { onOpen: () => void; onText: (text: string) => void; onClose: () => void }

/** What a line needs of the world: a clock, chance, timers, and a way to open sockets. */
export type LineWorld = {
  nowMs: () => number
  random: () => number
  after: (ms: number, act: () => void) => () => void
  every: (ms: number, act: () => void) => () => void
  openSocket: (address: string, ears: SocketEars) => LineSocket
}

export type LineOptions = {
  /** Addresses of the stream, the preferred one first; when one does not answer, the next is tried. */
  addresses: readonly string[]
  dialect: StreamDialect
  world: LineWorld
  onEvent: (event: StreamEvent) => void
  onState: (state: LineState) => void
}

const LOOK_AFTER_MS = 1_000
const CONNECT_WITHIN_MS = 10_000
const PROBE_AFTER_MS = 8_000
/** No answer to our ping: the socket is open in name only. */
const DEAD_AFTER_MS = 16_000
/** It answers pings, but no market sends anything: a new connection may be served better. */
const REFRESH_AFTER_MS = 60_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * One socket to an exchange's public stream that stays up: it reconnects with back-off and jitter, probes silence,
 * leaves when the exchange says that it will close, and subscribes again each time. Messages sent while it was down
 * are lost; `onState` says when to ask history.
 */
export class StreamLine {
  #socket: LineSocket | undefined
  /** The current socket; an abandoned one keeps sending for a while. */
  #current = 0
  #topics = new Map<string, StreamTopic>()
  #failures = 0
  #way = 0
  #heardAtMs = 0
  #dataAtMs = 0
  #isProven = false
  #stopRetry: (() => void) | undefined
  #stopWatch: (() => void) | undefined

  constructor(private readonly options: LineOptions) {}

  /** Subscribes to these and no others from now on. */
  want(topics: StreamTopic[]): void {
    const wanted = new Map(topics.map((topic) => [JSON.stringify(topic), topic]))
    const added = [...wanted].filter(([key]) => !this.#topics.has(key)).map(([, topic]) => topic)
    const dropped = [...this.#topics].filter(([key]) => !wanted.has(key)).map(([, topic]) => topic)
    this.#topics = wanted
    if (wanted.size === 0) return this.close()
    if (this.#stopWatch === undefined) return this.#begin()
    if (dropped.length > 0) this.#say(this.options.dialect.subscription(dropped, false))
    if (added.length > 0) this.#say(this.options.dialect.subscription(added, true))
  }

  /** Reconnects at once, such as when the network is back. */
  retryNow(): void {
    if (this.#stopRetry !== undefined) this.#connect()
  }

  /** Closes for good, until the next subscription. */
  close(): void {
    this.#stopWatch?.()
    this.#stopRetry?.()
    this.#stopWatch = this.#stopRetry = undefined
    this.#topics.clear()
    this.#drop()
    this.options.onState({ state: "off" })
  }

  #begin(): void {
    this.#failures = 0
    this.#stopWatch = this.options.world.every(LOOK_AFTER_MS, () => this.#lookAfter())
    this.#connect()
  }

  #connect(): void {
    this.#stopRetry?.()
    this.#stopRetry = undefined
    this.#drop()
    this.#heardAtMs = this.options.world.nowMs()
    this.#isProven = false
    this.options.onState({ state: "connecting" })
    try {
      this.#socket = this.options.world.openSocket(this.options.addresses[this.#way], this.#ears())
    } catch {
      this.#lost()
    }
  }

  #ears(): SocketEars {
    const own = this.#current
    const ifCurrent = (act: () => void) => this.#current === own && act()
    return {
      onOpen: () => ifCurrent(() => this.#opened()),
      onText: (text) => ifCurrent(() => this.#hear(text)),
      onClose: () => ifCurrent(() => this.#lost()),
    }
  }

  #opened(): void {
    this.#heardAtMs = this.#dataAtMs = this.options.world.nowMs()
    this.#say(this.options.dialect.subscription([...this.#topics.values()], true))
    this.options.onState({ state: "open" })
  }

  #hear(text: string): void {
    this.#heardAtMs = this.options.world.nowMs()
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

  /** We ignore a message we cannot read and keep listening. */
  #read(text: string): StreamEvent[] {
    try {
      return this.options.dialect.read(JSON.parse(text))
    } catch {
      return []
    }
  }

  #lost(): void {
    this.#drop()
    const { addresses, world, onState } = this.options
    // We keep an address that delivered something; otherwise the next one gets its turn.
    if (!this.#isProven) this.#way = (this.#way + 1) % addresses.length
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures) * (0.5 + world.random() / 2)
    this.#failures++
    this.#stopRetry = world.after(waitMs, () => this.#connect())
    onState({ state: "waiting", retryAtMs: world.nowMs() + waitMs, failures: this.#failures })
  }

  #lookAfter(): void {
    if (!this.#socket) return
    const nowMs = this.options.world.nowMs()
    const silentMs = nowMs - this.#heardAtMs
    if (!this.#socket.isOpen()) return silentMs > CONNECT_WITHIN_MS ? this.#lost() : undefined
    if (silentMs > DEAD_AFTER_MS || nowMs - this.#dataAtMs > REFRESH_AFTER_MS) return this.#lost()
    if (silentMs > PROBE_AFTER_MS && this.options.dialect.probe) this.#say([this.options.dialect.probe])
  }

  #say(messages: object[]): void {
    if (this.#socket?.isOpen()) for (const message of messages) this.#socket.send(JSON.stringify(message))
  }

  /** Drops the socket without waiting for the close handshake: a dead one takes minutes. */
  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#current++
    socket?.close()
  }
}
