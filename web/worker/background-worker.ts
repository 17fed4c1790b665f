import { type Remote, wrap } from "comlink"
import { startWorker } from "./trusted-worker.ts"

export class WorkerStopped extends Error {
  constructor() {
    super("Stopped before it was finished.")
  }
}

export class WorkerFailed extends Error {}

/** Its script could not be fetched, or not be read: without a network, what was never fetched is not there. */
export class WorkerMissing extends WorkerFailed {}

/**
 * A worker that can be called like an object and discarded in the middle of its work: a call then ends with
 * `WorkerStopped`. `WorkerFailed` is for a worker that could not start or ran out of memory.
 */
export class BackgroundWorker<Api> {
  #worker: Worker
  #remote: Remote<Api>
  #ended: Promise<never>
  #end!: (reason: Error) => void

  constructor(url: string) {
    this.#ended = new Promise((_, reject) => (this.#end = reject))
    this.#ended.catch(() => {}) // somebody is listening only while a call is under way
    this.#worker = startWorker(url)
    this.#worker.addEventListener("error", (event) => this.#fail(event.message))
    this.#remote = wrap<Api>(this.#worker)
  }

  /** Calls into the worker. */
  call<Answer>(ask: (remote: Remote<Api>) => Promise<Answer>): Promise<Answer> {
    return Promise.race([ask(this.#remote), this.#ended])
  }

  /** Ends the worker at once, whatever it is doing; its memory is freed. */
  stop() {
    this.#worker.terminate()
    this.#end(new WorkerStopped())
  }

  #fail(message: string) {
    this.#worker.terminate()
    this.#end(message ? new WorkerFailed(message) : new WorkerMissing(notStarted))
  }
}

const notStarted =
  "The background part of the app could not start. Look whether the relay runs and the network is there, then try again."
