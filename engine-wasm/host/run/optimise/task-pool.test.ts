import { describe, expect, test } from "vitest"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { TaskRefused, type FiguresTask, type OptimiseTask, type TaskRunner } from "./optimise-task.ts"
import { LEAVE_WITHIN_MS, PortedWorker } from "./ported-worker.ts"
import type { TaskReply } from "./task-messages.ts"
import { MOST_TRIES, TaskPool } from "./task-pool.ts"
import { taskService } from "./task-service.ts"

/** A desk that needs no candles: what it answers follows from the task alone. */
const squares: TaskRunner = {
  width: 1,
  run: (async (task: OptimiseTask) => {
    if (task.kind !== "figures") throw new TaskRefused("only figures")
    await new Promise((resolve) => setTimeout(resolve))
    const figures = new Float64Array(task.numbers.length * sweepFigures.length)
    task.numbers.forEach((number, at) => figures.fill(number * number, at * sweepFigures.length))
    return { figures, refused: [] }
  }) as TaskRunner["run"],
}

/** Leaves a task only when told to; `stubborn`, not even then. */
const endless = (isStubborn: boolean): TaskRunner => ({
  width: 1,
  run: (_: OptimiseTask, signal?: AbortSignal) =>
    new Promise<never>((_, reject) => {
      if (!isStubborn) signal?.addEventListener("abort", () => reject(signal.reason as Error))
    }),
})

type Site = { pool: TaskPool; started: () => number; most: () => number; passTime: (ms: number) => void }

/** A pool over workers in this thread, which it meets through messages alone. Some die of their nth task. */
function site({ width = 3, desk = squares, isDeadly = () => false }: SiteTerms): Site {
  let [started, asked, underWay, most] = [0, 0, 0, 0]
  const waits: { ms: number; act: () => void }[] = []
  const start = () => {
    started++
    let isGone = false
    const say = (reply: TaskReply, columns: ArrayBuffer[]) => {
      if (isGone) return
      underWay--
      worker.hear(structuredClone(reply, { transfer: columns }))
    }
    const service = taskService(desk, say)
    const worker = new PortedWorker({
      post: (message) => {
        if ("task" in message) most = Math.max(most, ++underWay)
        if ("task" in message && isDeadly(++asked, message.task)) {
          underWay--
          isGone = true
          return queueMicrotask(() => worker.die("it ran out of memory"))
        }
        service.hear(structuredClone(message))
      },
      end: () => (isGone = true),
      after: (ms, act) => {
        const wait = { ms, act }
        waits.push(wait)
        return () => void waits.splice(waits.indexOf(wait), 1)
      },
    })
    return worker
  }
  const passTime = (ms: number) => waits.filter((wait) => wait.ms <= ms).forEach(({ act }) => act())
  return { pool: new TaskPool({ width, start }), started: () => started, most: () => most, passTime }
}

type SiteTerms = { width?: number; desk?: TaskRunner; isDeadly?: (nth: number, task: OptimiseTask) => boolean }

const figuresTask = (...numbers: number[]) =>
  ({ kind: "figures", terms: {}, stretch: {}, numbers: Float64Array.from(numbers) }) as unknown as FiguresTask
/** Everything that can be asked has been asked. */
const asked = () => new Promise((resolve) => setTimeout(resolve))
const tasks = Array.from({ length: 40 }, (_, n) => figuresTask(2 * n, 2 * n + 1))
const firstFigures = ({ figures }: { figures: Float64Array }) => [figures[0], figures[sweepFigures.length]]
const expected = tasks.map(({ numbers }) => Array.from(numbers, (number) => number * number))

describe("a pool of workers", () => {
  test.each([1, 2, 5])("answers the same by %i workers, and never asks more at once", async (width) => {
    const { pool, most, started } = site({ width })
    const answers = await Promise.all(tasks.map((task) => pool.run(task)))
    expect(answers.map(firstFigures)).toEqual(expected)
    expect([most(), started()]).toEqual([width, width])
  })

  test.each([5, 7, 11])("answers the same when a worker dies of every task number %i", async (every) => {
    const { pool, started } = site({ isDeadly: (nth) => nth % every === 0 })
    const answers = await Promise.all(tasks.map((task) => pool.run(task)))
    expect(answers.map(firstFigures)).toEqual(expected)
    expect(started()).toBeGreaterThan(pool.width)
  })

  test("gives a task up that kills every worker, in words, and does the others", async () => {
    const { pool, started } = site({ width: 1, isDeadly: (_, task) => (task as FiguresTask).numbers[0] === 4 })
    const answers = await Promise.allSettled(tasks.slice(0, 4).map((task) => pool.run(task)))
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"])
    expect((answers[2] as PromiseRejectedResult).reason.message).toMatch(
      /begun 3 times.*it ran out of memory.*Nothing was lost/,
    )
    expect(started()).toBe(MOST_TRIES)
  })

  test("a task that cannot be done says why and is not tried again", async () => {
    const { pool, started } = site({})
    const search = { ...figuresTask(1), kind: "search" } as unknown as OptimiseTask
    await expect(pool.run(search)).rejects.toThrow(new TaskRefused("only figures"))
    await expect(pool.run(search)).rejects.toBeInstanceOf(TaskRefused)
    expect(started()).toBe(1)
  })

  test("cancelling ends what waits and what is under way, and the workers go on with other tasks", async () => {
    const { pool, started } = site({ width: 2, desk: firstEndless(2) })
    const stop = new AbortController()
    const answers = Promise.allSettled(tasks.map((task) => pool.run(task, stop.signal)))
    await asked()
    stop.abort(new Error("enough"))
    for (const answer of await answers) expect(answer).toMatchObject({ reason: { message: "enough" } })
    expect(firstFigures(await pool.run(tasks[3]))).toEqual(expected[3])
    expect(started()).toBe(2)
  })

  test("a worker that does not leave its task is ended after a while, and replaced", async () => {
    const { pool, started, passTime } = site({ width: 1, desk: firstEndless(1, true) })
    const stop = new AbortController()
    const answer = pool.run(tasks[0], stop.signal)
    await asked()
    stop.abort(new Error("enough"))
    await expect(answer).rejects.toThrow("enough")
    const next = pool.run(tasks[1])
    passTime(LEAVE_WITHIN_MS)
    expect(firstFigures(await next)).toEqual(expected[1])
    expect(started()).toBe(2)
  })

  test("paused it begins nothing, and goes on where it was", async () => {
    const { pool, most } = site({})
    pool.pause()
    const answers = Promise.all(tasks.map((task) => pool.run(task)))
    await asked()
    expect(most()).toBe(0)
    pool.resume()
    expect((await answers).map(firstFigures)).toEqual(expected)
  })

  test("closed it ends all that was asked, and takes nothing more", async () => {
    const { pool } = site({ desk: endless(true) })
    const answers = Promise.allSettled(tasks.map((task) => pool.run(task)))
    await asked()
    pool.close()
    for (const answer of [...(await answers), ...(await Promise.allSettled([pool.run(tasks[0])]))])
      expect(answer).toMatchObject({ reason: { message: expect.stringContaining("ended") } })
  })
})

/** Its first tasks never end by themselves; those after them do. */
function firstEndless(count: number, isStubborn = false): TaskRunner {
  let begun = 0
  const run = (task: OptimiseTask, signal?: AbortSignal) =>
    (begun++ < count ? endless(isStubborn) : squares).run(task, signal)
  return { width: 1, run: run as TaskRunner["run"] }
}
