import { availableParallelism } from "node:os"
import type { Worker } from "node:worker_threads"
import { PortedWorker, TaskPool, type CandleSets, type Engine, type PoolWorker, type TaskReply } from "#engine/run"
import { startThread } from "../thread.ts"
import { sharedSets } from "./shared-candles.ts"
import type { TaskThreadData } from "./task-worker.ts"

/**
 * A pool of threads over the same candles, as many as there are processors where nobody says how many. Call its `close`
 * after the last task: until then its threads keep the process.
 */
export function taskThreads(engine: Engine, sets: CandleSets, width = availableParallelism()): TaskPool {
  const data: TaskThreadData = { engine, sets: sharedSets(sets) }
  return new TaskPool({ width, start: () => workerIn(startTaskThread(data)) })
}

/** A thread that does tasks. */
export function startTaskThread(data: TaskThreadData): Worker {
  return startThread("task-worker", import.meta.url, { data })
}

/** The pool's side of such a thread. A task that is not wanted any more ends it: a fresh one is soon there. */
export function workerIn(thread: Worker): PoolWorker {
  const worker = new PortedWorker({
    post: (message) => thread.postMessage(message),
    end: () => void thread.terminate(),
    after: (_, act) => {
      act()
      return () => {}
    },
  })
  thread.on("message", (reply: TaskReply) => worker.hear(reply))
  thread.once("error", ({ message }) => worker.die(message))
  thread.once("exit", () => worker.die("its thread was ended"))
  return worker
}
