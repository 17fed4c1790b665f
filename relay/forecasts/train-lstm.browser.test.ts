import { expect, test } from "vitest"
import { LEARNT_WEIGHTS } from "./testing/weights-hash.ts"

/** A busy machine takes half a minute to load tfjs and train. */
const MOST_MS = 120_000

test(
  "Chromium learns in a worker the weights that Node learns, bit for bit, and the same ones twice",
  async () => {
    const worker = new Worker(new URL("./testing/training-worker.fixture.ts", import.meta.url), { type: "module" })
    const learnt = () =>
      new Promise((resolve, reject) => {
        worker.addEventListener("message", ({ data }) => resolve(data), { once: true })
        worker.addEventListener("error", ({ message }) => reject(new Error(message)), { once: true })
        worker.postMessage("learn")
      })
    expect(await learnt()).toBe(LEARNT_WEIGHTS)
    expect(await learnt()).toBe(LEARNT_WEIGHTS)
    worker.terminate()
  },
  MOST_MS,
)
