import { TaskRefused, type OptimiseTask, type TaskRunner } from "./optimise-task.ts"
import { columnsOf, type TaskMessage, type TaskReply } from "./task-messages.ts"

/**
 * The worker's side of a pool: does each task that is heard, and says how it ended, with the columns to hand over
 * instead of copying them.
 */
export function taskService(
  desk: TaskRunner,
  say: (reply: TaskReply, columns: ArrayBuffer[]) => void,
): { hear: (message: TaskMessage) => void } {
  let wanted = new AbortController()
  return {
    hear: (message) => {
      if ("cancel" in message) return wanted.abort()
      wanted = new AbortController()
      void replyTo(desk, message.task, wanted.signal).then((reply) => say(reply, columnsOf(reply)))
    },
  }
}

async function replyTo(desk: TaskRunner, task: OptimiseTask, signal: AbortSignal): Promise<TaskReply> {
  try {
    return { answer: await desk.run(task, signal) }
  } catch (error) {
    if (signal.aborted) return { cancelled: true }
    if (error instanceof RangeError) return { failed: tooLittleMemory }
    const { message } = error as Error
    return error instanceof TaskRefused ? { refused: message } : { failed: message }
  }
}

const tooLittleMemory =
  "This device has too little memory for this many candles. Nothing was lost; take a shorter period or fewer markets."
