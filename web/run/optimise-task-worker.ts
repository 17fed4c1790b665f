import { type CandleSets, type Engine, TaskDesk, type TaskMessage, taskService } from "#engine/run"

/** What the worker hears first: an engine, and the candles to run it over. */
export type DeskTerms = { engine: Engine; sets: CandleSets }

let service: ReturnType<typeof taskService> | undefined

addEventListener("message", ({ data }: MessageEvent<DeskTerms | TaskMessage>) => {
  if (!("engine" in data)) return service?.hear(data)
  service = taskService(new TaskDesk(data.engine, data.sets), (reply, columns) =>
    postMessage(reply, { transfer: columns }),
  )
})
