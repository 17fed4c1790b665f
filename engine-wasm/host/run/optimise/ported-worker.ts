import { onAbort } from "./on-abort.ts"
import { TaskRefused, type AnswerOf, type OptimiseTask } from "./optimise-task.ts"
import type { TaskMessage, TaskReply } from "./task-messages.ts"
import { WorkerDied, type PoolWorker } from "./task-pool.ts"

/** The way to a worker elsewhere: a thread, a Web Worker. */
export type TaskPort = {
  post(message: TaskMessage): void
  end(): void
  /** Calls once after so many milliseconds, unless the returned function is called before. */
  after(ms: number, act: () => void): () => void
}

/** How long a worker has to leave a cancelled task before it is ended. */
export const LEAVE_WITHIN_MS = 1_000

type Asked = { resolve: (answer: never) => void; reject: (because: unknown) => void; signal?: AbortSignal }

/** The pool's side of a worker elsewhere: tell it what the worker says by `hear`, and that it is gone by `die`. */
export class PortedWorker implements PoolWorker {
  #asked: Asked | undefined
  #gone: WorkerDied | undefined
  #stopWaiting = () => {}

  constructor(private readonly port: TaskPort) {}

  async ask<Task extends OptimiseTask>(task: Task, signal?: AbortSignal): Promise<AnswerOf<Task>> {
    if (this.#gone) throw this.#gone
    signal?.throwIfAborted()
    const forget = onAbort(signal, this.#cancel)
    try {
      return await new Promise<AnswerOf<Task>>((resolve, reject) => {
        this.#asked = { resolve, reject, signal }
        this.port.post({ task })
      })
    } finally {
      this.#asked = undefined
      this.#stopWaiting()
      forget()
    }
  }

  hear(reply: TaskReply): void {
    const { resolve, reject, signal } = this.#asked ?? nobody
    if ("answer" in reply) resolve(reply.answer as never)
    else if ("refused" in reply) reject(new TaskRefused(reply.refused))
    else reject("failed" in reply ? new Error(reply.failed) : signal?.reason)
  }

  die(because: string): void {
    this.#gone ??= new WorkerDied(because)
    this.#asked?.reject(this.#gone)
  }

  end(): void {
    this.port.end()
    this.die("it was ended")
  }

  readonly #cancel = () => {
    this.port.post({ cancel: true })
    this.#stopWaiting = this.port.after(LEAVE_WITHIN_MS, () => this.end())
  }
}

const nobody: Asked = { resolve: () => {}, reject: () => {} }
