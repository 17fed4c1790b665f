import { expect, test } from "vitest"
import type { NewEvent } from "../ledger/bot-event.ts"
import { Repeats } from "./repeats.ts"

const wants = (market: string): NewEvent => ({
  kind: "decision",
  words: `${market}: the rules say buy.`,
  about: { market, side: "buy" },
})
const refused = (market: string, because: string): NewEvent => ({
  kind: "refusal",
  words: `${market}: nothing is bought, because ${because}.`,
  about: { market, because },
})
const fill: NewEvent = { kind: "fill", words: "Bought." }
const wordsOf = (events: NewEvent[]) => events.map(({ words }) => words)

test("a refusal at every candle is said ten times in a thousand, each with its count, and the decisions before it once", () => {
  const repeats = new Repeats()
  const said: string[] = []
  for (let candle = 1; candle <= 1_000; candle++) {
    said.push(...wordsOf(repeats.fold([wants("A")])))
    said.push(...wordsOf(repeats.fold([refused("A", `it lost ${candle}.5 % today`)])))
  }
  expect(said).toHaveLength(11)
  expect(said.slice(0, 3)).toEqual([
    "A: the rules say buy.",
    "A: nothing is bought, because it lost 1.5 % today.",
    "A: nothing is bought, because it lost 2.5 % today. So it was 2 times in a row. It is said again at 4, or when something else happens.",
  ])
  expect(wordsOf(repeats.fold([fill]))).toEqual([
    "A: nothing is bought, because it lost 1000.5 % today. So it was 1000 times in a row.",
    "Bought.",
  ])
  expect(wordsOf(repeats.fold([wants("A")]))).toEqual(["A: the rules say buy."])
})

test("another reason, another market, a sale and what comes after them are said", () => {
  const repeats = new Repeats()
  const sale: NewEvent = { kind: "decision", words: "A: sell.", about: { market: "A" } }
  const events = [refused("A", "x"), refused("B", "x"), refused("A", "y"), sale, refused("A", "y"), fill]
  expect(repeats.fold(events)).toEqual(events)
})

test("a restart does not begin anew: what was said eight times is said again at sixteen", () => {
  const kept = Array.from({ length: 8 }, () => refused("A", "x")).flatMap(
    (
      (repeats) => (event: NewEvent) =>
        repeats.fold([event])
    )(new Repeats()),
  )
  const repeats = new Repeats()
  repeats.recall([fill, ...kept])
  const said = Array.from({ length: 8 }, () => repeats.fold([wants("A"), refused("A", "x")])).flat()
  expect(wordsOf(said)).toEqual([expect.stringContaining("So it was 16 times in a row. It is said again at 32")])
})

test("that entries are paused is said once, until something else happens or the owner wants something else", () => {
  const repeats = new Repeats()
  const paused = (count: number) => Array.from({ length: count }, () => refused("A", "entries are paused"))
  expect(repeats.fold(paused(100))).toHaveLength(1)
  expect(repeats.fold([fill, ...paused(3)])).toHaveLength(2)
  expect(repeats.end()).toEqual([])
  expect(wordsOf(repeats.fold([wants("A")]))).toEqual(["A: the rules say buy."])
})
