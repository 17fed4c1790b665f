import type { HostileCase } from "./hostile-case.ts"
import { chunk, says, streams, streamsBytes } from "../model-server.ts"
import { text, END, good } from "./said-by-models.ts"
import { envelopeText } from "../talking.ts"

/** Cases of the hostile suite: see `hostile-models.ts`. */
export const streamsGoneWrong: HostileCase[] = [
  {
    name: "an answer without end",
    script: [streams(Array.from({ length: 100 }, () => chunk({ content: "buy ".repeat(300) })))],
    ends: "failed",
    says: /longer than any useful one/,
  },
  {
    name: "thoughts without end",
    script: [streams(Array.from({ length: 40 }, () => chunk({ reasoning_content: "hm ".repeat(10_000) })))],
    ends: "failed",
    says: /thought became longer/,
  },
  {
    name: "one line without end",
    script: [streamsBytes(["data: ", ...Array.from({ length: 12 }, () => "x".repeat(65_536))])],
    ends: "failed",
    says: /far longer than any answer/,
  },
  {
    name: "an answer that stops speaking",
    script: [streamsBytes([text("Bu")], "open")],
    waitsMs: 60_000,
    ends: "failed",
    says: /said nothing for 60 seconds/,
  },
  {
    name: "an answer that never begins",
    script: [() => {}],
    waitsMs: 60_000,
    ends: "failed",
    says: /said nothing for 60 seconds/,
  },
  {
    name: "an answer of heartbeats only",
    script: [streamsBytes([": ping\n\n", ": ping\n\n"], "open")],
    waitsMs: 60_000,
    ends: "failed",
    says: /said nothing for 60 seconds/,
  },
  { name: "an empty stream", script: [streamsBytes([])], ends: "failed", says: /answered nothing at all/ },
  {
    name: "only the end",
    script: [streamsBytes(["data: [DONE]\n\n"])],
    ends: "failed",
    says: /answered nothing at all/,
  },
  {
    name: "a stream that is cut",
    script: [streamsBytes([text('{"kind": "answer", "text": "Bu')], "cut")],
    ends: "failed",
    says: /broke off|not complete/,
  },
  {
    name: "a stream that ends without a word of it",
    script: [streamsBytes([text("Bu")])],
    ends: "failed",
    says: /broke off/,
  },
  {
    name: "an answer cut by its length",
    script: [streams([chunk({ content: '{"kind"' }), chunk({}, "length")])],
    ends: "failed",
    says: /longer than was allowed/,
  },
  {
    name: "events that are no JSON",
    script: [streamsBytes(["data: {oops\n\n"])],
    ends: "failed",
    says: /cannot be read/,
  },
  {
    name: "events of other shapes",
    script: [streamsBytes(['data: null\n\ndata: 7\n\ndata: {"choices": 5}\n\ndata: {"choices":[null]}\n\n'])],
    ends: "failed",
    says: /answered nothing|cannot be read|broke off/,
  },
  {
    name: "an error inside the stream",
    script: [streamsBytes([text("Bu"), 'data: {"error": {"message": "overloaded", "code": 529}}\n\n'])],
    ends: "failed",
    says: /fault of its own/,
  },
  {
    name: "half a letter at the end of a piece",
    script: [
      streamsBytes(
        Array.from(
          new TextEncoder().encode(`${text(envelopeText({ kind: "answer", text: "止损 🙂" }))}${END}`),
          (byte) => Uint8Array.of(byte),
        ),
      ),
    ],
    ends: "answer",
    says: /止损 🙂/,
  },
  {
    name: "half a letter at the end of all",
    script: [streamsBytes([Uint8Array.of(...new TextEncoder().encode("data: "), 0xe6, 0xad)])],
    ends: "failed",
    says: /cannot be read|answered nothing/,
  },
  {
    name: "thoughts in the text",
    script: [says(`<think>SECRET plan</think>${good}`)],
    ends: "strategy",
    neverSays: /SECRET/,
  },
  {
    name: "thoughts without their beginning",
    script: [says(`SECRET plan</think>${good}`)],
    ends: "strategy",
    neverSays: /SECRET/,
  },
  { name: "thoughts without their end", script: [says("<think>SECRET plan")], ends: "failed", neverSays: /SECRET/ },
  {
    name: "thoughts in their own field",
    script: [streams([chunk({ reasoning: "SECRET" }), chunk({ content: good }), chunk({}, "stop")])],
    ends: "strategy",
    neverSays: /SECRET/,
  },
]
