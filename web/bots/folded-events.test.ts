import { expect, test } from "vitest"
import type { BotEvent } from "./bot-history.ts"
import { foldedEvents } from "./folded-events.ts"

type Told = Pick<BotEvent, "seq" | "kind" | "botId" | "words" | "about">

let seq = 100
const told = (kind: "refusal" | "fill" | "problem" | "order", words: string, about: BotEvent["about"]): Told => {
  return { seq: seq--, kind, botId: "b", words, about }
}
const refusal = (market: string, times = 1, because = "the kill switch is on") =>
  told("refusal", `${market} ${because} ${times}`, times === 1 ? { market, because } : { market, because, times })

test("refusals that repeat are one row with the newest count, each market by itself, and what comes between ends a row", () => {
  const events = [
    refusal("A", 4),
    refusal("B", 2),
    refusal("A", 2),
    refusal("A"),
    refusal("B"),
    told("fill", "Bought.", { market: "A" }),
    refusal("A", 2),
    refusal("A"),
    refusal("A", 1, "entries are paused"),
  ]
  expect(foldedEvents(events).map(({ words }) => words.replace("the kill switch is on ", ""))).toEqual([
    "A 4",
    "B 2",
    "Bought.",
    "A 2",
    "A entries are paused 1",
  ])
})

test("a market that halts again and again is one row with its count, until something else happens there", () => {
  const halt = (market: string, minute: number) =>
    told("problem", `${market} does not trade now, next at 2026-11-30 06:${minute} UTC.`, { market })
  const events = [
    halt("A", 40),
    halt("B", 39),
    halt("A", 30),
    halt("A", 20),
    told("order", "A trades again.", { market: "A" }),
    halt("A", 10),
    told("problem", "A: 2 is too little to sell.", { market: "A" }),
    told("problem", "A: 3 is too little to sell.", { market: "A" }),
  ]
  expect(foldedEvents(events).map(({ words }) => words)).toEqual([
    "A does not trade now, next at 2026-11-30 06:40 UTC. So it was 3 times in a row.",
    "B does not trade now, next at 2026-11-30 06:39 UTC.",
    "A trades again.",
    "A does not trade now, next at 2026-11-30 06:10 UTC.",
    "A: 2 is too little to sell.",
    "A: 3 is too little to sell.",
  ])
})
