import { expect, test } from "vitest"
import type { ChatTurn } from "../db/chat-turn.ts"
import { branchOf, siblingsOf } from "./branch.ts"

const turn = (id: string, parentId?: string): ChatTurn => ({ id, parentId, threadId: "t", askedAtMs: 0, say: id })
const ids = (turns: readonly ChatTurn[]) => turns.map(({ id }) => id).join(" ")

// dip ─ safer ─ faster
//     └ riskier ─ slower
const tree = [
  turn("dip"),
  turn("safer", "dip"),
  turn("faster", "safer"),
  turn("riskier", "dip"),
  turn("slower", "riskier"),
]

test("the newest branch is shown until another is chosen, and then all that followed there", () => {
  expect(ids(branchOf(tree, undefined))).toBe("dip riskier slower")
  expect(ids(branchOf(tree, "safer"))).toBe("dip safer faster")
  expect(ids(branchOf(tree, "dip"))).toBe("dip riskier slower")
  expect(ids(branchOf(tree, "is gone"))).toBe("dip riskier slower")
  expect(branchOf([], undefined)).toEqual([])
})

test("what was said otherwise stands beside it", () => {
  expect(ids(siblingsOf(tree, tree[1]))).toBe("safer riskier")
  expect(ids(siblingsOf(tree, tree[0]))).toBe("dip")
})

test("a turn whose parent is missing, or that is its own parent, is shown all the same", () => {
  expect(ids(branchOf([turn("orphan", "gone")], undefined))).toBe("orphan")
  const [one, other] = [turn("one", "other"), turn("other", "one")]
  expect(branchOf([one], "one").length).toBe(1)
  expect(ids(branchOf([one, other], "one").slice(0, 2))).toBe("other one")
})
