import { parentPort, workerData } from "node:worker_threads"
import { startSimulatedExchange, type SimulatedExchangeOptions } from "./simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"

/** Where a practice exchange listens and who may trade there, in a form that crosses threads. */
export type PracticeAddresses = Record<"rest" | "stream" | "wsApi" | "control" | "pages" | "apiKey" | "secret", string>
/** The thread's report after trying to start, and sentences for the person at any time. */
export type PracticeNews = { started: PracticeAddresses } | { failed: string } | { told: string }

const say = (news: PracticeNews) => parentPort?.postMessage(news)

try {
  const options = workerData as SimulatedExchangeOptions
  const end = () => void exchange.stop().then(() => parentPort?.close())
  // Where prices no longer come it ends: the next one lives through the time until they come again.
  const onSilent = options.live === undefined ? undefined : () => void Promise.resolve().then(end)
  const exchange = await startSimulatedExchange({ ...options, onSilent }, realSurroundings(), (told) => say({ told }))
  const { rest, stream, wsApi, control, pages = "", apiKey, secret } = exchange
  // Any message from outside means stop. Nothing then keeps the thread alive.
  parentPort?.once("message", end)
  say({ started: { rest, stream, wsApi, control, pages, apiKey, secret } })
} catch (error) {
  say({ failed: (error as Error).message })
  parentPort?.close()
}
