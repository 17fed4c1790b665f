import { proxy, type Remote } from "comlink"
import {
  type ModelFacts,
  ModelFailure,
  type ModelPiece,
  type ModelProgress,
  type ModelProvider,
  type ModelRequest,
  type ModelStatus,
} from "#models"
import { BackgroundWorker, WorkerMissing } from "../../worker/background-worker.ts"
import { type LineEnd, refuseEnd } from "./model-line.ts"
import type { ModelWorkerApi } from "./serve-model.ts"

/** A model that lives in a worker of its own. The worker starts with the first question and ends with `close`. */
export class WorkerModel<Start> implements ModelProvider {
  #worker: BackgroundWorker<ModelWorkerApi<Start>> | undefined
  #calls = 0

  constructor(
    readonly facts: ModelFacts,
    private readonly address: string,
    private readonly start: Start,
  ) {}

  status(): Promise<ModelStatus> {
    return this.#line((remote) => remote.status() as Promise<ModelStatus>)
  }

  async prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void> {
    await this.#during(signal, (call) =>
      this.#line((remote) => remote.prepare(call, proxy(onProgress)) as Promise<LineEnd>),
    )
  }

  async *ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const queue = new PieceQueue()
    const answered = this.#during(signal, (call) =>
      this.#line(
        (remote) =>
          remote.ask(
            call,
            request,
            proxy((pieces) => queue.put(pieces)),
          ) as Promise<LineEnd>,
      ),
    ).then(
      () => queue.end(),
      (error: unknown) => queue.fail(error),
    )
    yield* queue
    await answered
  }

  async remove(): Promise<void> {
    refuseEnd(await this.#line((remote) => remote.remove() as Promise<LineEnd>), new AbortController().signal)
  }

  storedBytes(): Promise<number> {
    return this.#line((remote) => remote.storedBytes() as Promise<number>)
  }

  /** The names of the models that its server lists. */
  async list(signal: AbortSignal): Promise<string[]> {
    let names: string[] = []
    await this.#during(signal, (call) =>
      this.#line(
        (remote) =>
          remote.list(
            call,
            proxy((listed) => void (names = listed)),
          ) as Promise<LineEnd>,
      ),
    )
    return names
  }

  /** Ends the worker and frees its memory; the next question starts another. */
  close(): void {
    this.#worker?.stop()
    this.#worker = undefined
  }

  /** Works as call number so-and-so, which the signal stops. */
  async #during(signal: AbortSignal, work: (call: number) => Promise<LineEnd>): Promise<void> {
    signal.throwIfAborted()
    const call = ++this.#calls
    const stop = () => void this.#line((remote) => remote.stop(call)).catch(() => {})
    signal.addEventListener("abort", stop, { once: true })
    try {
      refuseEnd(await work(call), signal)
    } finally {
      signal.removeEventListener("abort", stop)
    }
  }

  async #line<Answer>(ask: (remote: Remote<ModelWorkerApi<Start>>) => Promise<Answer>): Promise<Answer> {
    try {
      const worker = await this.#open()
      return await worker.call(ask)
    } catch (error) {
      this.close()
      throw workerFailure(error)
    }
  }

  async #open(): Promise<BackgroundWorker<ModelWorkerApi<Start>>> {
    if (this.#worker) return this.#worker
    const worker = new BackgroundWorker<ModelWorkerApi<Start>>(this.address)
    this.#worker = worker
    await worker.call((remote) => remote.open(this.start as never) as Promise<void>)
    return worker
  }
}

function workerFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error
  if (error instanceof WorkerMissing)
    return new ModelFailure("offlineOrBlocked", {
      because: "The part of Candlewright that runs this model could not be fetched.",
      nextStep: "Look whether the relay runs and the network is there, then try again.",
    })
  return new ModelFailure("gone", {
    because: "The model stopped, most likely because it needed more memory than there is.",
  })
}

/** Pieces on their way from a callback to whoever reads them. */
class PieceQueue implements AsyncIterable<ModelPiece> {
  readonly #pieces: ModelPiece[] = []
  #ended: { error?: unknown } | undefined
  #wake = () => {}

  put(pieces: ModelPiece[]): void {
    this.#pieces.push(...pieces)
    this.#wake()
  }

  end(): void {
    this.#ended = {}
    this.#wake()
  }

  fail(error: unknown): void {
    this.#ended = { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ModelPiece> {
    while (true) {
      while (this.#pieces.length > 0) yield this.#pieces.shift()!
      if (this.#ended && "error" in this.#ended) throw this.#ended.error
      if (this.#ended) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
