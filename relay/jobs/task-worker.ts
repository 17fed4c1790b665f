import { parentPort, workerData } from "node:worker_threads"
import { TaskDesk, taskService, type CandleSets, type Engine, type TaskMessage } from "#engine/run"

/** What a thread receives once: an engine, and candles in memory that all threads share. */
export type TaskThreadData = { engine: Engine; sets: CandleSets }

const { engine, sets } = workerData as TaskThreadData
const service = taskService(new TaskDesk(engine, sets), (reply, columns) => parentPort?.postMessage(reply, columns))

parentPort?.on("message", (message: TaskMessage) => service.hear(message))
