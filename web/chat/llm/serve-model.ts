import { expose } from "comlink"
import type { ModelPiece, ModelProvider } from "#models"
import { type LineEnd, lineEndOf, type ModelLine } from "./model-line.ts"

/** What a page asks a worker before anything else: to hold this model. */
export type ModelWorkerApi<Start> = ModelLine & {
  open(start: Start): Promise<void>
  /** The names of the models that its server lists; none where it has no server. */
  list(call: number, onNames: (names: string[]) => void | Promise<void>): Promise<LineEnd>
}

/** Pieces that come faster than a screen shows them travel together. */
const PIECES_EVERY_MS = 30

/**
 * Answers for one model in this worker, which `open` makes. Exposed at once: a worker that loads first loses what it is
 * asked meanwhile.
 */
export function serveModel(open: (start: never) => Promise<ModelProvider>): void {
  const underWay = new Map<number, AbortController>()
  let provider: Promise<ModelProvider> | undefined
  const model = () => provider ?? Promise.reject(new Error("no model was opened"))
  const during = async (call: number, work: (signal: AbortSignal) => Promise<void>): Promise<LineEnd> => {
    const controller = new AbortController()
    underWay.set(call, controller)
    try {
      await work(controller.signal)
      return { ok: true }
    } catch (error) {
      return lineEndOf(error, controller.signal)
    } finally {
      underWay.delete(call)
    }
  }
  const api: ModelWorkerApi<never> = {
    open: async (start) => {
      provider = open(start)
      await provider
    },
    status: async () => (await model()).status(),
    prepare: (call, onProgress) => during(call, async (signal) => (await model()).prepare(onProgress, signal)),
    ask: (call, request, onPieces) =>
      during(call, async (signal) => {
        const sender = new PieceSender(onPieces)
        try {
          for await (const piece of (await model()).ask(request, signal)) await sender.take(piece)
        } finally {
          await sender.flush()
        }
      }),
    stop: async (call) => underWay.get(call)?.abort(),
    remove: () => during(-1, async () => (await model()).remove()),
    list: (call, onNames) =>
      during(call, async (signal) => {
        const one: ModelProvider & { models?(signal: AbortSignal): Promise<string[]> } = await model()
        await onNames((await one.models?.(signal)) ?? [])
      }),
    storedBytes: async () => (await model()).storedBytes(),
  }
  expose(api)
}

/** Sends pieces on, a few at a time. */
class PieceSender {
  #waiting: ModelPiece[] = []
  #sentMs = 0

  constructor(private readonly send: (pieces: ModelPiece[]) => void | Promise<void>) {}

  async take(piece: ModelPiece): Promise<void> {
    this.#waiting.push(piece)
    if (piece.kind === "end" || performance.now() - this.#sentMs >= PIECES_EVERY_MS) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return
    const pieces = this.#waiting
    this.#waiting = []
    this.#sentMs = performance.now()
    await this.send(pieces)
  }
}
