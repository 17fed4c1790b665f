import { useEffect, useRef, useState } from "react"
import { type ChatSubject, type ChatThread, findThread, putThread, titleAfter } from "../db/chat-thread.ts"
import { type ChatTurn, MOST_TURNS, putTurn, turnsOf } from "../db/chat-turn.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { useStable } from "../ui/use-stable.ts"
import { answersTo, type Asked, type Progress } from "./answer.ts"
import { branchOf } from "./branch.ts"
import { asksToUndo, undone } from "./undo.ts"

/** A conversation that is open: what is shown of it, and the ways to go on. */
export type Conversation = {
  isLoading: boolean
  thread: ChatThread
  turns: readonly ChatTurn[]
  branch: readonly ChatTurn[]
  /** Why nothing of it is kept in this browser. */
  unsaved?: string
  /** Says something at the end of the branch, or instead of a turn, which begins another branch. */
  say: (words: string, how?: { insteadOf?: ChatTurn; isForModel?: boolean }) => void
  /** What is done for turns that are not answered yet. */
  underWay: ReadonlyMap<string, Progress>
  stop: (turn: ChatTurn) => void
  show: (turn: ChatTurn) => void
  /** Keeps what became of a turn. */
  put: (turn: ChatTurn, thread?: Partial<ChatThread>) => void
  isFull: boolean
}

type Begun = { threadId: string; subject: ChatSubject | undefined }

/** Opens a conversation, or begins it. It goes on in memory where the browser keeps nothing. */
export function useConversation(
  { threadId, subject }: Begun,
  where: Omit<Asked, "say" | "branch" | "thread" | "isForModel">,
): Conversation {
  const [thread, setThread] = useState<ChatThread>(() => newThread(threadId, subject))
  const [turns, setTurns] = useState<readonly ChatTurn[]>()
  const [unsaved, setUnsaved] = useState<string>()
  const failed = useStable((error: unknown) => setUnsaved(unavailableBecause(error)))
  useEffect(() => {
    let isOpen = true
    const load = async () => {
      const found = await findThread(threadId)
      const said = found ? await turnsOf(threadId) : []
      if (!isOpen) return
      if (found) setThread(found)
      setTurns((now) => now ?? said)
    }
    load().catch((error: unknown) => (failed(error), setTurns((now) => now ?? [])))
    return () => void (isOpen = false)
  }, [threadId, failed])
  const known = turns ?? none
  const branch = branchOf(known, thread.head)
  const putThreadHere = useStable((change: Partial<ChatThread>) => {
    const ways = known.filter(({ parentId }) => parentId === undefined).map(({ say: words }) => words)
    setThread((now) => ({ ...now, ...change, title: titleAfter(now.title, change.title, ways) }))
    putThread(thread, change, ways).catch(failed)
  })
  const put = useStable((turn: ChatTurn, change?: Partial<ChatThread>) => {
    setTurns((now = none) => [...now.filter(({ id }) => id !== turn.id), turn].toSorted(byTime))
    putTurn(turn).catch(failed)
    if (change) putThreadHere(change)
  })
  const [underWay, setUnderWay] = useState<ReadonlyMap<string, Progress>>(nothing)
  const stops = useRef(new Map<string, AbortController>())
  const note = (id: string, progress: Progress | undefined) =>
    setUnderWay((now) => new Map([...now].filter(([other]) => other !== id).concat(progress ? [[id, progress]] : [])))
  const answer = useStable(async (turn: ChatTurn, asked: Asked) => {
    const stopping = new AbortController()
    stops.current.set(turn.id, stopping)
    try {
      if (asksToUndo(asked.say) && !asked.isForModel) {
        const { reply, turn: back, thread: change } = await undone(asked.branch)
        if (back) put(back, change)
        return put({ ...turn, reply })
      }
      for await (const step of answersTo(asked, stopping.signal)) {
        if (step.kind === "progress") note(turn.id, step.progress)
        else put({ ...turn, ...step.answered })
      }
    } catch (error) {
      put({ ...turn, failed: stopping.signal.aborted ? STOPPED : (error as Error).message })
    } finally {
      note(turn.id, undefined)
      stops.current.delete(turn.id)
    }
  })
  const say = useStable((words: string, { insteadOf, isForModel }: SayHow = {}) => {
    const before = insteadOf ? branch.slice(0, branch.indexOf(insteadOf)) : branch
    const turn: ChatTurn = {
      id: crypto.randomUUID(),
      threadId,
      parentId: insteadOf ? insteadOf.parentId : before.at(-1)?.id,
      askedAtMs: Math.max(Date.now(), (known.at(-1)?.askedAtMs ?? 0) + 1),
      say: words,
    }
    note(turn.id, { steps: [], speaking: "" })
    put(turn, { head: turn.id, title: (before[0] ?? turn).say })
    // The person's words are painted before they are read.
    setTimeout(() => answer(turn, { ...where, say: words, branch: before, thread, isForModel }))
  })
  return {
    isLoading: turns === undefined,
    thread,
    turns: known,
    branch,
    unsaved,
    say,
    underWay,
    stop: ({ id }) => stops.current.get(id)?.abort(),
    show: (turn) => {
      const shown = branchOf(known, turn.id)
      putThreadHere({ head: shown.at(-1)?.id, title: shown[0]?.say })
    },
    put,
    isFull: known.length >= MOST_TURNS,
  }
}

type SayHow = NonNullable<Parameters<Conversation["say"]>[1]>

const none: readonly ChatTurn[] = []
const nothing: ReadonlyMap<string, Progress> = new Map()
const STOPPED = "You stopped it before it was answered. Nothing was changed."

function byTime(one: ChatTurn, other: ChatTurn): number {
  return one.askedAtMs - other.askedAtMs
}

function newThread(id: string, subject: ChatSubject | undefined): ChatThread {
  const nowMs = Date.now()
  const strategyId = subject && "strategyId" in subject ? subject.strategyId : undefined
  return {
    id,
    title: "",
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    ...(subject ? { subject } : {}),
    ...(strategyId === undefined ? {} : { strategyId }),
  }
}
