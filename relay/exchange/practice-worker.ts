import { parentPort, workerData } from "node:worker_threads"
import { startSimulatedExchange, type SimulatedExchangeOptions } from "./simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"

/** Where a practice exchange listens and who may trade there, as one can tell another thread. */
export type PracticeAddresses = Record<"rest" | "stream" | "wsApi" | "control" | "pages" | "apiKey" | "secret", string>
/** What the thread says when it has tried to start. */
export type PracticeNews = { started: PracticeAddresses } | { failed: string }

const say = (news: PracticeNews) => parentPort?.postMessage(news)

try {
  const exchange = await startSimulatedExchange(workerData as SimulatedExchangeOptions, realSurroundings())
  const { rest, stream, wsApi, control, pages = "", apiKey, secret } = exchange
  // Any word from outside means that it is to stop. Nothing then keeps the thread alive.
  parentPort?.once("message", () => void exchange.stop().then(() => parentPort?.close()))
  say({ started: { rest, stream, wsApi, control, pages, apiKey, secret } })
} catch (error) {
  say({ failed: (error as Error).message })
  parentPort?.close()
}
