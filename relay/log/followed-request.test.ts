import { Hono } from "hono"
import { expect, test } from "vitest"
import { realSurroundings } from "../surroundings.ts"
import { followRequests } from "./followed-request.ts"
import type { Answered } from "./log.ts"
import { currentRequestId } from "./request-id.ts"

const PROXY = "10.0.0.2"

function opened(sender: string) {
  const heard: Answered[] = []
  const app = new Hono()
  const log = { answered: (request: Answered) => void heard.push(request) }
  const isProxy = (address: string | undefined) => address === PROXY
  app.use(followRequests({ log, surroundings: realSurroundings(), isProxy, senderOf: () => sender }))
  app.get("/api/bots/:id", async (c) => c.text(await Promise.resolve().then(() => currentRequestId() ?? "none")))
  app.get("/api/broken", () => {
    throw new Error("broken")
  })
  app.onError((_error, c) => c.text(currentRequestId() ?? "none", 500))
  const ask = (path: string, id?: string) =>
    app.request(path, { headers: id === undefined ? {} : { "x-request-id": id } })
  return { ask, heard }
}

test("an id is the answer's, the log's, and that of whatever the request leads to", async () => {
  const { ask, heard } = opened("127.0.0.1")
  const answer = await ask("/api/bots/7?secret=x")
  const id = answer.headers.get("x-request-id")!
  expect(id).toMatch(/^[\w-]{16}$/)
  expect(await answer.text()).toBe(id)
  expect(heard).toMatchObject([{ requestId: id, method: "GET", route: "GET /api/bots/:id", status: 200 }])
  expect(JSON.stringify(heard)).not.toContain("secret")
})

test("a request that ends in our mistake is logged with its id as well", async () => {
  const { ask, heard } = opened("127.0.0.1")
  const answer = await ask("/api/broken")
  expect(answer.status).toBe(500)
  expect(await answer.text()).toBe(answer.headers.get("x-request-id"))
  expect(heard).toMatchObject([{ status: 500, requestId: answer.headers.get("x-request-id") }])
})

test("an id that somebody gives counts only from the declared proxy and in the form of one", async () => {
  const given = "from-the-proxy_1"
  const idOf = async (sender: string, id: string) =>
    (await opened(sender).ask("/api/bots/7", id)).headers.get("x-request-id")
  expect(await idOf(PROXY, given)).toBe(given)
  expect(await idOf("203.0.113.7", given)).not.toBe(given)
  for (const strange of ["short", "x".repeat(65), "two words", 'quote"quote'])
    expect(await idOf(PROXY, strange), strange).toMatch(/^[\w-]{16}$/)
})
