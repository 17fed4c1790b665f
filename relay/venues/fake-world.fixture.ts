import type { LineSocket, LineWorld, SocketEars } from "./stream-line.ts"

/** A socket whose other end is the test. */
export class FakeSocket implements LineSocket {
  state: "connecting" | "open" | "closed" = "connecting"
  readonly sent: Record<string, unknown>[] = []

  constructor(
    readonly address: string,
    private readonly ears: SocketEars,
  ) {}

  isOpen = () => this.state === "open"
  send = (text: string) => void this.sent.push(JSON.parse(text) as Record<string, unknown>)
  close = () => void (this.state = "closed")

  accept(): void {
    this.state = "open"
    this.ears.onOpen()
  }

  say(message: object | string): void {
    this.ears.onText(typeof message === "string" ? message : JSON.stringify(message))
  }

  hangUp(): void {
    this.state = "closed"
    this.ears.onClose()
  }
}

/** A world in which time passes only when the test lets it, and sockets lead to the test. */
export class FakeWorld implements LineWorld {
  ms = 1_700_000_000_000
  readonly sockets: FakeSocket[] = []
  /** What timers threw. */
  readonly bugs: unknown[] = []
  #timers: { dueMs: number; act: () => void; everyMs?: number }[] = []

  nowMs = () => this.ms
  random = () => 0.5
  after = (ms: number, act: () => void) => this.#timer({ dueMs: this.ms + ms, act })
  every = (ms: number, act: () => void) => this.#timer({ dueMs: this.ms + ms, act, everyMs: ms })
  openSocket = (address: string, ears: SocketEars) => {
    const socket = new FakeSocket(address, ears)
    this.sockets.push(socket)
    return socket
  }

  get last(): FakeSocket {
    return this.sockets.at(-1)!
  }

  /** Lets time pass, with everything that waits for it, including immediate answers. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.ms + ms
    await settled()
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.ms = Math.max(this.ms, next.dueMs)
      if (next.everyMs === undefined) this.#drop(next)
      else next.dueMs += next.everyMs
      try {
        next.act()
      } catch (bug) {
        this.bugs.push(bug)
      }
      await settled()
    }
    this.ms = untilMs
  }

  #next(untilMs: number) {
    const due = this.#timers.filter(({ dueMs }) => dueMs <= untilMs)
    return due.toSorted((a, b) => a.dueMs - b.dueMs)[0]
  }

  #timer(timer: { dueMs: number; act: () => void; everyMs?: number }): () => void {
    this.#timers.push(timer)
    return () => this.#drop(timer)
  }

  #drop(timer: { dueMs: number }): void {
    this.#timers = this.#timers.filter((each) => each !== timer)
  }
}

/** Lets promises that wait only for other promises settle. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
