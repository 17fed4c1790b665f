/**
 * A WebSocket whose other end is the test. Put in place of the real one with `vi.stubGlobal("WebSocket",
 * FakeSocket)`.
 */
export class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readyState = 0
  readonly sent: Record<string, unknown>[] = []

  constructor(readonly address: string) {
    super()
    FakeSocket.all.push(this)
  }

  /** The one made last. */
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!
  }

  send(text: string) {
    this.sent.push(JSON.parse(text))
  }

  close() {
    this.readyState = 2
  }

  accept() {
    this.readyState = 1
    this.dispatchEvent(new Event("open"))
  }

  tell(message: object) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }))
  }

  hangUp() {
    this.readyState = 3
    this.dispatchEvent(new Event("close"))
  }
}
