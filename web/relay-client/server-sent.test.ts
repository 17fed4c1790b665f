import { expect, test } from "vitest"
import { messageFrom } from "./server-sent.ts"

test("a message of the stream has an id, an event and data over several lines; a comment has none", () => {
  expect(messageFrom('id: 7\ndata: {"seq":7}')).toEqual({ id: "7", data: '{"seq":7}' })
  expect(messageFrom("retry: 2000\nid: 3")).toEqual({ id: "3", data: "" })
  expect(messageFrom("data: a\ndata:b\nid:4")).toEqual({ id: "4", data: "a\nb" })
  expect(messageFrom(": nothing happened")).toEqual({ id: undefined, event: undefined, data: "" })
  expect(messageFrom("event: reset\nid: 2\ndata: {}")).toEqual({ id: "2", event: "reset", data: "{}" })
})
