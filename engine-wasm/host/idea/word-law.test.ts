import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import type { IdeaFixture } from "../../testing/idea-judge.ts"
import { heard } from "./heard.ts"
import { readIdea } from "./read-idea.ts"
import type { Chunk } from "./reading/chunk.ts"

const { ideas } = JSON.parse(readFileSync(new URL("../../fixtures/ideas.json", import.meta.url), "utf8")) as {
  ideas: IdeaFixture[]
}

/** Small words, the price where it is only named, those that join, and those that say what a rule does: what they do stands in the rules themselves. */
const grammar: ReadonlySet<string> = new Set(
  "filler when and or next after it of with from not every only unless instead above most size away take trade perTrade position buy sell exit long short cover change".split(
    " ",
  ),
)

/** Words that are lost today, by the idea they stand in; one that is found again must leave this list. */
const exceptions = new Set(
  [
    // A share of a position that its target names already: "a third each".
    "e277 third",
    // The name of a part beside what was read of it: "stop everything if the account is down", "let winners run".
    "e020 line, e155 signal, e172 stop, e172 everything, e172 account, e175 winners, e175 profit, e431 balance, e441 profit",
    // A direction or a time that the rule has without it: "cover 10% lower", "down over 30 days".
    "e224 wait, w283 wait, e259 lower, e265 days, e268 today",
    "e062 markets, e171 hold, e196 persent, e213 often",
  ].flatMap((list) => list.split(", ")),
)

/** Words of four letters and more that stand in nothing a reply says. */
function lostWords({ id, say }: IdeaFixture): string[] {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") return []
  const { chunks } = heard(say)
  const places = [...reply.understood, ...reply.notUnderstood]
  const told = [...reply.assumptions, ...reply.notPossible].join(" ").toLowerCase()
  return [...say.matchAll(/\p{L}{4,}/gu)]
    .map(({ 0: word, index }) => ({ word: word.toLowerCase(), from: index, to: index + word.length }))
    .filter(({ from, to }) => !places.some((place) => place.from <= from && to <= place.to))
    .filter(({ from, to }) => !isGrammar(chunks.find((chunk) => chunk.from <= from && to <= chunk.to)))
    .filter(({ word }) => !told.includes(word))
    .map(({ word }) => `${id} ${word}`)
}

function isGrammar(chunk: Chunk | undefined): boolean {
  if (chunk?.kind === "operand") return /^(the )?(price|close)$/.test(chunk.text)
  return chunk?.kind === "word" && grammar.has(chunk.concept)
}

test("every word of a strategy in English that means something is understood, named as not understood, or assumed", () => {
  const lost = ideas.filter(({ language }) => language === "en").flatMap(lostWords)
  expect(lost.filter((each) => !exceptions.has(each))).toEqual([])
  expect([...exceptions].filter((each) => !lost.includes(each))).toEqual([])
})
