import { expect, test } from "vitest"
import type { BotEvent } from "./bot-history.ts"
import { foldedEvents } from "./folded-events.ts"

type Told = Pick<BotEvent, "seq" | "kind" | "botId" | "words" | "about">

let seq = 100
const told = (kind: "refusal" | "fill", words: string, about: BotEvent["about"]): Told => {
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
