import type { Piece } from "../words/piece.ts"

type Word = Piece["concept"]

/** How a comparison is said: which way, and whether it is a crossing, a move, a touch or a state. */
export type SaidRelation = {
  way: "up" | "down" | undefined
  style: "cross" | "move" | "state" | "touch" | "reach" | "least" | "most" | undefined
}

const strongUp = new Set<Word>(["above", "crossUp", "positive"])
const strongDown = new Set<Word>(["below", "crossDown", "negative"])
const weakUp = new Set<Word>(["up", "rising", "green", "breakout", "rally"])
const weakDown = new Set<Word>(["down", "falling", "red", "breakdown", "dip"])
const crossings = new Set<Word>(["cross", "crossUp", "crossDown", "turn"])
const movements = new Set<Word>(["up", "down", "rising", "falling", "breakout", "breakdown"])

/** Words that compare or move: the reader collects them for a comparison. */
export const relationWords = new Set<Word>([
  ...strongUp,
  ...strongDown,
  ...weakUp,
  ...weakDown,
  ...crossings,
  "back",
  ...([
    "touch",
    "reach",
    "at",
    "atLeast",
    "atMost",
    "equal",
    "away",
    "inARow",
    "oversold",
    "overbought",
    "current",
  ] as const),
])

/** Words that begin a comparison of their own after a complete one. */
export const strongWords = new Set<Word>([
  ...strongUp,
  ...strongDown,
  ...crossings,
  "back",
  "touch",
  "atLeast",
  "atMost",
])

/** Which way a value moves, whatever it is compared with: "falls more than" is down. */
export function movementOf(words: readonly Word[]): "up" | "down" | undefined {
  const word = words.findLast((each) => weakUp.has(each) || weakDown.has(each))
  return word && (weakUp.has(word) ? "up" : "down")
}

/** On which side a value is said to stand, whatever bounds the distance. */
export function sideOf(words: readonly Word[]): "up" | "down" | undefined {
  const word = words.findLast((each) => strongUp.has(each) || strongDown.has(each))
  return word && (strongUp.has(word) ? "up" : "down")
}

/** The relation that words add up to: "falls" and "below" are a move down. */
export function relationOf(words: readonly Word[]): SaidRelation {
  const has = (group: ReadonlySet<Word>) => words.some((word) => group.has(word))
  const strong = sideOf(words)
  const way = strong ?? (has(weakUp) ? "up" : has(weakDown) ? "down" : undefined)
  const bound = strong && boundOf(words)
  // "At least 3 % below" is below, "at most 1 % above" is not above.
  if (bound) return { way: bound === "atLeast" ? way : way === "up" ? "down" : "up", style: "state" }
  return { way, style: styleOf(words, has) }
}

function boundOf(words: readonly Word[]): "atLeast" | "atMost" | undefined {
  return words.find((word) => word === "atLeast" || word === "atMost") as "atLeast" | "atMost" | undefined
}

function styleOf(words: readonly Word[], has: (group: ReadonlySet<Word>) => boolean): SaidRelation["style"] {
  // "Touches it from above".
  if (words.includes("touch") && !words.includes("cross")) return "touch"
  if (has(crossings) || (words.includes("back") && (has(strongUp) || has(strongDown)))) return "cross"
  if (words.includes("touch")) return "touch"
  if (words.includes("atLeast")) return "least"
  if (words.includes("atMost")) return "most"
  if (has(movements)) return "move"
  if (has(strongUp) || has(strongDown)) return "state"
  return words.includes("reach") || words.includes("at") || words.includes("equal") ? "reach" : undefined
}
