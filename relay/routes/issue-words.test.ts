import { z } from "@hono/zod-openapi"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
let headers: Record<string, string>

beforeAll(async () => {
  relay = await openedApp()
  headers = await relay.bearer("admin")
})
afterAll(() => relay.close())

const bot = {
  accountId: "a",
  strategy: {},
  markets: ["BTC/USDT"],
  cash: "100",
}

test.each<[string, object, string, string]>([
  [
    "a number for a text",
    { ...bot, accountId: 5 },
    "accountId",
    'accountId: it is a text in quotation marks, such as "abc".',
  ],
  [
    "a field left out",
    { ...bot, markets: undefined },
    "markets",
    'markets: it is missing; it is a list, such as ["abc"].',
  ],
  ["an empty list", { ...bot, markets: [] }, "markets", "markets: it has at least 1 item."],
  [
    "an unknown field",
    { ...bot, leverage: 3 },
    "leverage",
    'leverage: there is no field "leverage" here; leave it out, or look at its spelling.',
  ],
  [
    "a text for an object",
    { ...bot, strategy: "x" },
    "strategy",
    'strategy: it is an object, such as {"name": "abc"}.',
  ],
  [
    "words of the schema's own",
    { ...bot, cash: "1,5" },
    "cash",
    'cash: it is a plain decimal text such as "100" or "0.5".',
  ],
])("%s in a body is told with its place and an example", async (_, body, field, words) => {
  const answer = await relay.ask("POST /api/bots", { headers, body })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toEqual({
    error: `This is not understood. ${words} Nothing was changed.`,
    code: "not-valid",
    field,
  })
})

test("no schema of a request answers in the words of the library that checks it", () => {
  const all = [z.string(), z.number(), z.boolean(), z.array(z.string()).max(1), z.enum(["a", "b"]), z.int().min(3)]
  const more = [z.record(z.string(), z.int()), z.literal("x"), z.union([z.number(), z.boolean()]), z.strictObject({})]
  for (const schema of [...all, ...more])
    for (const value of [undefined, null, 1.5, 2, "", "text", [], ["a", "b"], { a: "b" }]) {
      const issues = schema.safeParse(value).error?.issues ?? []
      for (const { message } of issues) expect(message).toMatch(/^(it is|it has|there is no field)/)
    }
})
