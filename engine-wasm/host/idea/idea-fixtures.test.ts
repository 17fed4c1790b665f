import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { type IdeaFixture, wrongsOf } from "../../testing/idea-judge.ts"
import { wordsTwice } from "../../testing/words-twice.ts"
import { readIdea } from "./read-idea.ts"
import type { Reply } from "./reply.ts"

const { ideas } = JSON.parse(readFileSync(new URL("../../fixtures/ideas.json", import.meta.url), "utf8")) as {
  ideas: IdeaFixture[]
}
const read = ideas.map((idea) => ({ idea, reply: readIdea(idea.say) }))

/** Numbers of the sentence that stand in no place the reply speaks of. */
function lostNumbers(say: string, reply: Reply): string[] {
  const places = [...reply.understood, ...reply.notUnderstood]
  return [...say.matchAll(/\d+(?:[.,]\d+)*/g)]
    .filter(({ 0: number, index }) => !places.some(({ from, to }) => from <= index && to >= index + number.length))
    .map(([number]) => number)
}

describe(`${ideas.length} ideas as people write them`, () => {
  test("are read as they are meant", () => {
    const wrong = read.flatMap(({ idea, reply }) =>
      wrongsOf(idea, reply).map((what) => `${idea.id} ${idea.say}: ${what}`),
    )
    expect(wrong).toEqual([])
  })

  test("no number of the person is lost: each is understood, or named as not understood", () => {
    const lost = read.flatMap(({ idea, reply }) => lostNumbers(idea.say, reply).map((number) => `${idea.id} ${number}`))
    expect(lost).toEqual([])
  })

  test("no word is both understood and not understood", () => {
    const both = read.flatMap(({ idea, reply }) => wordsTwice(reply).map((words) => `${idea.id} ${words}`))
    expect(both).toEqual([])
  })

  test("words that were read stand where the reply says", () => {
    for (const { idea, reply } of read)
      for (const { from, to, words } of [...reply.understood, ...reply.notUnderstood])
        expect(idea.say.slice(from, to)).toBe(words)
  })

  test("a strategy without a stop says so, and only where the stop was refused or nothing is ever sold", () => {
    const without = read.filter(({ reply }) => reply.kind === "strategy" && reply.flags.includes("noStop"))
    const refuses = /\bno (stop|sl)\b|no stop|hodl|stops? at all|never sell|pas de stop|diamond hands|buy and hold/i
    expect(without.filter(({ idea }) => !refuses.test(idea.say)).map(({ idea }) => idea.say)).toEqual([])
  })

  test("the same words get the same reply", () => {
    for (const { idea, reply } of read.slice(0, 40)) expect(readIdea(idea.say)).toEqual(reply)
  })
})
