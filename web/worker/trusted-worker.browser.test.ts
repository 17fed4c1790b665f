import { expect, test } from "vitest"
import { startWorker } from "./trusted-worker.ts"
import address from "./echo-worker.fixture.ts?worker&url"

test("a worker of ours starts and answers", async () => {
  const worker = startWorker(address, { name: "echo" })
  const answer = new Promise((resolve) =>
    worker.addEventListener("message", (event) => resolve(event.data), { once: true }),
  )
  worker.postMessage("candle")
  expect(await answer).toBe("candle from echo")
  worker.terminate()
})

test("a worker from another origin is refused, however it is written", () => {
  for (const foreign of [
    "https://evil.example/w.js",
    "//evil.example/w.js",
    "data:text/javascript,1",
    "blob:https://evil.example/1",
    "javascript:1",
  ]) {
    expect(() => startWorker(foreign), foreign).toThrow("A worker must come from this app")
  }
})
