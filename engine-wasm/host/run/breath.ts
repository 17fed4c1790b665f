/** The longest a run keeps its thread before other work has a turn. */
const SLICE_MS = 30

/** Yields the thread now and then, so that progress shows and cancel works. No result depends on it. */
export class Breath {
  #dueAtMs: number

  /** The first yield comes after one slice, or at once with 0. */
  constructor(dueAtMs = performance.now() + SLICE_MS) {
    this.#dueAtMs = dueAtMs
  }

  get isDue(): boolean {
    return performance.now() >= this.#dueAtMs
  }

  async take(): Promise<void> {
    await nextTurn()
    this.#dueAtMs = performance.now() + SLICE_MS
  }
}

/** After everything that already waits. Browsers make each timer of a chain wait for 4 ms, but no message. */
function nextTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const arrived = () => {
      port1.close()
      resolve()
    }
    port1.addEventListener("message", arrived, { once: true })
    port1.start()
    port2.postMessage(undefined)
  })
}
