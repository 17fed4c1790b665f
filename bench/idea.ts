import { Worker } from "node:worker_threads"
import { readIdea } from "#engine/idea"
import { median } from "./interleaved.ts"

const COLD_RUNS = 7
const WARM_ROUNDS = 12

const sentences = [
  "buy the dip on bitcoin but never lose more than 5 dollars a day",
  "Buy ETH on 4h when RSI(14) is below 30, sell above 70, stop 3 %",
  "Kaufe SOL, wenn der Kurs den 50-Tage-Durchschnitt von unten durchbricht, Stop 4 %",
  "compra cuando el precio toque la banda inferior de Bollinger y vende en la media, 1h",
]

type IdeaFigures = Record<"ideaColdMilliseconds" | "ideaWarmMilliseconds", number>

/** A sentence read as a strategy: the first in a thread of its own, as a page's worker reads it, and later ones. */
export async function measureIdea(): Promise<IdeaFigures> {
  const cold: number[] = []
  for (let run = 0; run < COLD_RUNS; run++) cold.push(await inNewThread())
  const warm = Array.from({ length: WARM_ROUNDS }, () => sentences.map(cpuOfReading)).slice(2)
  return { ideaColdMilliseconds: median(cold), ideaWarmMilliseconds: median(warm.flat()) }
}

/** Processor time of a thread's first sentence. Called in that thread. */
export function cpuOfFirstIdea(): number {
  return cpuOfReading(sentences[0])
}

function cpuOfReading(sentence: string): number {
  const before = process.cpuUsage()
  readIdea(sentence)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function inNewThread(): Promise<number> {
  const bench = new URL("bench.mjs", import.meta.url).href
  const source = `import(${JSON.stringify(bench)}).then(({ cpuOfFirstIdea }) => require("node:worker_threads").parentPort.postMessage(cpuOfFirstIdea()))`
  return new Promise((resolve, reject) => {
    const thread = new Worker(source, { eval: true })
    thread.once("message", (cpuMs: number) => void thread.terminate().then(() => resolve(cpuMs)))
    thread.once("error", reject)
  })
}
