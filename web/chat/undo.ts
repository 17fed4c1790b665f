import { plainText } from "#engine/candles"
import type { AnswerReply } from "#engine/idea"
import type { ChatThread } from "../db/chat-thread.ts"
import type { ChatTurn } from "../db/chat-turn.ts"
import { takenBack } from "./apply-card.ts"

const undoing =
  /^(?:please )?(?:undo|revert|take (?:it|that|this) back|take back)(?: (?:it|that|this|(?:the |my |your )?(?:last )?(?:change|one|step)))?(?:,? please)?[.!]?$|^(?:mach (?:es|das) rückgängig|rückgängig(?: machen)?|deshaz(?:lo)?|deshacer|annule(?:r|-le)?|desfaz(?:er)?|annulla|отмени(?:ть)?|撤销|元に戻して)[.!。]?$/iu

/** Whether a sentence asks to take the last change back. */
export function asksToUndo(say: string): boolean {
  return undoing.test(say.trim())
}

type Undone = { reply: AnswerReply; turn?: ChatTurn; thread?: Partial<ChatThread> }

/** Takes the last change of a conversation back: in the library where it was used, else for what is said from here on. */
export async function undone(branch: readonly ChatTurn[]): Promise<Undone> {
  const last = branch.findLast(({ reply, isTakenBack }) => reply?.kind === "strategy" && !isTakenBack)
  if (last === undefined)
    return { reply: answer("There is nothing to take back: nothing was changed in this conversation.") }
  const said = `“${plainText(last.say, MOST_SAID)}”`
  if (last.applied) {
    const isNew = last.applied.versionBefore === undefined
    const [turn, thread] = await takenBack(last, last.applied)
    const words = isNew
      ? `Taken back: the strategy of ${said} is no longer in your library. Its card stays above, to be used again.`
      : `Taken back: your strategy is as it was before ${said}, in its version ${last.applied.versionBefore}. Its card is folded away above, to be shown and used again.`
    return { reply: answer(words), turn, thread }
  }
  if (last.given === undefined)
    return { reply: answer(`${said} was not used, so nothing of yours was changed. Say what should be otherwise.`) }
  return {
    reply: answer(`${said} was not used, so your strategy never had it. What you say next leaves it out.`),
    turn: { ...last, isTakenBack: true },
  }
}

const MOST_SAID = 80

function answer(text: string): AnswerReply {
  const said = { language: "en", assumptions: [], notPossible: [], understood: [], notUnderstood: [] }
  return { kind: "answer", text, tools: [], ...said }
}
