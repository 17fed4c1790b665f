import { expect, test } from "vitest"
import { VirtualTime } from "../simulated/virtual-time.ts"
import { askingAgain, inTime } from "./patience.ts"

/** An exchange whose first answers never come. */
function silentFor(hanging: number) {
  const time = new VirtualTime({ startMs: 0, seed: "patience", onBug: (error) => expect.unreachable(String(error)) })
  const asked: number[] = []
  const answer = () => {
    asked.push(time.steadyMs())
    return asked.length <= hanging ? new Promise<Response>(() => {}) : Promise.resolve(new Response("here"))
  }
  return { time, asked, ask: inTime(askingAgain(answer, time), time) }
}

test("a question that hangs is asked again beside the first, and the first answer counts", async () => {
  const { time, asked, ask } = silentFor(2)
  const answer = ask("http://exchange/time", { method: "GET" })
  await time.advance(6_000)
  expect(await (await answer).text()).toBe("here")
  await time.advance(60_000)
  expect(asked).toEqual([0, 3_000, 6_000])
})

test("an order leaves once, however long its answer takes", async () => {
  const { time, asked, ask } = silentFor(1)
  const answer = ask("http://exchange/order", { method: "POST" }).catch((error: Error) => error.name)
  await time.advance(60_000)
  expect(await answer).toBe("TimeoutError")
  expect(asked).toEqual([0])
})
