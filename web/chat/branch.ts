import type { ChatTurn } from "../db/chat-turn.ts"

/** The turns of the branch that `head` is on, from the first to the newest below it. Without a head: the newest branch. */
export function branchOf(turns: readonly ChatTurn[], head: string | undefined): ChatTurn[] {
  const branch = ancestors(turns, turns.find(({ id }) => id === head) ?? turns.at(-1))
  for (let next = followerOf(turns, branch); next; next = followerOf(turns, branch)) branch.push(next)
  return branch
}

/** The turns said in the same place, this one among them, the oldest first. */
export function siblingsOf(turns: readonly ChatTurn[], { parentId }: ChatTurn): ChatTurn[] {
  return turns.filter((turn) => turn.parentId === parentId)
}

/** From the first turn down to this one. A turn whose parent is missing is a first one. */
function ancestors(turns: readonly ChatTurn[], turn: ChatTurn | undefined): ChatTurn[] {
  const path: ChatTurn[] = []
  for (let at = turn; at && !path.includes(at); at = turns.find(({ id }) => id === path[0].parentId)) path.unshift(at)
  return path
}

/** What followed the end of a branch, on the newest branch from there. */
function followerOf(turns: readonly ChatTurn[], branch: readonly ChatTurn[]): ChatTurn | undefined {
  const end = branch.at(-1)
  return end && turns.findLast((turn) => turn.parentId === end.id && !branch.includes(turn))
}
