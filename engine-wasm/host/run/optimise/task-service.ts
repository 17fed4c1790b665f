import { TaskRefused, type OptimiseTask, type TaskRunner } from "./optimise-task.ts"
import type { TaskMessage, TaskReply } from "./task-messages.ts"

/**
 * The worker's side of a pool: does each task that is heard, and says how it ended. `desk` may still be on its way;
 * where it cannot be had, no task can be done.
 */
export function taskService(
  desk: Promise<TaskRunner>,
  say: (reply: TaskReply) => void,
): { hear: (message: TaskMessage) => void } {
  let wanted = new AbortController()
  return {
    hear: (message) => {
      if ("cancel" in message) return wanted.abort()
      wanted = new AbortController()
      void replyTo(desk, message.task, wanted.signal).then(say)
    },
  }
}

async function replyTo(desk: Promise<TaskRunner>, task: OptimiseTask, signal: AbortSignal): Promise<TaskReply> {
  try {
    return { answer: await (await desk).run(task, signal) }
  } catch (error) {
    if (signal.aborted) return { cancelled: true }
    const { message } = error as Error
    return error instanceof TaskRefused ? { refused: message } : { failed: message }
  }
}
