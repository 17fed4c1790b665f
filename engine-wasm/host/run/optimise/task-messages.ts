import type { FiguresAnswer, OptimiseTask, RunAnswer, SearchAnswer } from "./optimise-task.ts"

/** What a worker is sent: a task, or that the one it has is not wanted any more. */
export type TaskMessage = { task: OptimiseTask } | { cancel: true }

export type TaskAnswer = FiguresAnswer | SearchAnswer | RunAnswer

/** What a worker says, once for each task: its answer, or why there is none. */
export type TaskReply = { answer: TaskAnswer } | { refused: string } | { failed: string } | { cancelled: true }

/** The memory of an answer's columns, which is handed over instead of copied. */
export function columnsOf(reply: TaskReply): ArrayBuffer[] {
  if (!("answer" in reply)) return []
  const columns = Object.values(reply.answer).filter((value) => value instanceof Float64Array)
  return [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))]
}
