import { onAbort } from "./on-abort.ts"
import type { AnswerOf, OptimiseTask, TaskRunner } from "./optimise-task.ts"

/** One of a pool's workers, of any kind. It has one task at a time. */
export type PoolWorker = {
  /**
   * Settles when the worker is ready for another task; a cancelled one rejects then with the signal's reason. Rejects
   * with `WorkerDied` when the worker is gone or could not start, and with `TaskRefused` for a task that cannot be done.
   */
  ask<Task extends OptimiseTask>(task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>>
  /** Ends it at once, whatever it is doing; what it was asked rejects with `WorkerDied`. */
  end(): void
}

/** The worker is gone, and its task was not done. */
export class WorkerDied extends Error {}

/** A task whose worker died is begun by a fresh one, so many times in all. */
export const MOST_TRIES = 3

type Waiting = { take: (worker: PoolWorker) => void; drop: (because: unknown) => void }

/**
 * Workers that share tasks, each with one at a time: no more are under way than there are workers. A worker is started
 * when it is first needed, and again when one has died. No answer depends on who gave it.
 */
export class TaskPool implements TaskRunner {
  readonly width: number
  readonly #start: () => PoolWorker
  readonly #workers = new Set<PoolWorker>()
  readonly #free: PoolWorker[] = []
  readonly #waiting: Waiting[] = []
  #isPaused = false
  #isClosed = false

  constructor({ width, start }: { width: number; start: () => PoolWorker }) {
    this.width = width
    this.#start = start
  }

  async run<Task extends OptimiseTask>(task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>> {
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      const worker = await this.#turn(signal)
      try {
        return await this.#asked(worker, task, signal)
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error
        if (this.#isClosed) throw closed()
        if (tries === MOST_TRIES) throw new Error(givenUp(error), { cause: error })
      }
    }
  }

  /** Tasks under way are done; those that wait go on waiting. */
  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#serve()
  }

  /** Ends all workers at once; what they were asked rejects, and what waits. */
  close(): void {
    this.#isClosed = true
    for (const { drop } of this.#waiting.splice(0)) drop(closed())
    for (const worker of this.#workers) worker.end()
  }

  /** Waits for a worker. */
  #turn(signal?: AbortSignal): Promise<PoolWorker> {
    if (this.#isClosed) return Promise.reject(closed())
    return new Promise((resolve, reject) => {
      const drop = (because: unknown) => {
        forget()
        reject(because as Error)
      }
      const take = (worker: PoolWorker) => {
        forget()
        resolve(worker)
      }
      const waiting: Waiting = { take, drop }
      const forget = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        drop(signal!.reason)
      })
      this.#waiting.push(waiting)
      this.#serve()
    })
  }

  #serve(): void {
    while (!this.#isPaused && this.#waiting.length > 0) {
      const worker = this.#free.pop() ?? this.#another()
      if (!worker) return
      this.#waiting.shift()!.take(worker)
    }
  }

  #another(): PoolWorker | undefined {
    if (this.#workers.size >= this.width) return undefined
    const worker = this.#start()
    this.#workers.add(worker)
    return worker
  }

  /** A cancelled task ends for whoever asked at once; its worker has another when it is really done. */
  #asked<Task extends OptimiseTask>(worker: PoolWorker, task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>> {
    const answer = worker.ask(task, signal)
    void answer.then(
      () => this.#giveBack(worker),
      (error: unknown) => (error instanceof WorkerDied ? this.#lose(worker) : this.#giveBack(worker)),
    )
    return signal ? unlessAborted(answer, signal) : answer
  }

  #giveBack(worker: PoolWorker): void {
    this.#free.push(worker)
    this.#serve()
  }

  #lose(worker: PoolWorker): void {
    this.#workers.delete(worker)
    this.#serve()
  }
}

const closed = () => new Error("The search was ended. Nothing was lost.")

function givenUp({ message }: WorkerDied): string {
  return `A part of the search was begun ${MOST_TRIES} times, and each time its worker stopped (${message}). Nothing was lost. Most often memory is short: try a shorter period or fewer markets.`
}

/** As the promise ends, or at once with the signal's reason. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason as Error))
    void promise.then(resolve, reject).finally(forget)
  })
}
