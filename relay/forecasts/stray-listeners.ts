type Listener = (...values: never[]) => void
type NodeProcess = {
  listeners: (event: string) => Listener[]
  off: (event: string, listener: Listener) => void
}

const events = ["uncaughtException", "unhandledRejection"]

/**
 * Runs `start` and takes away what it began to listen to: WebAssembly glue made by Emscripten rethrows every error of
 * the whole Node process, over the head of the program's own handlers. In a browser there is nothing to take away.
 */
export async function withoutStrayListeners<Result>(start: () => Promise<Result>): Promise<Result> {
  const { process } = globalThis as { process?: Partial<NodeProcess> }
  if (process?.listeners === undefined) return start()
  const before = events.map((event) => process.listeners!(event))
  try {
    return await start()
  } finally {
    events.forEach((event, at) => takeAway(process as NodeProcess, event, before[at]))
  }
}

function takeAway(process: NodeProcess, event: string, before: Listener[]) {
  for (const listener of process.listeners(event)) if (!before.includes(listener)) process.off(event, listener)
}
