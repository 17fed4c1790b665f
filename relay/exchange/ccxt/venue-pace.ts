import { sleep, type Surroundings } from "../../surroundings.ts"

const APART_MS = 200
const MOST_QUESTIONS = 10
/** Our own pace, and what measuring may make of it. */
const ours = { least: 0.8, most: 1.25 }

type Moment = { atMs: number; serverMs: number; doubtMs: number }

/**
 * Whether an exchange's clock runs slower or faster than ours, as a stand-in's may: it is asked until its answers
 * leave no doubt. Undefined when it does not answer, or its answers take too long to tell.
 */
export async function hasOwnPace(
  clock: Pick<Surroundings, "steadyMs" | "after">,
  ask: () => Promise<number>,
): Promise<boolean | undefined> {
  try {
    const first = await momentOf(clock, ask)
    for (let question = 1; question < MOST_QUESTIONS; question++) {
      await sleep(clock, APART_MS)
      const { slowest, fastest } = paceBetween(first, await momentOf(clock, ask))
      if (fastest < ours.least || slowest > ours.most) return true
      if (slowest >= ours.least && fastest <= ours.most) return false
    }
  } catch {
    // Nobody answers: the next measurement tells.
  }
  return undefined
}

async function momentOf({ steadyMs }: Pick<Surroundings, "steadyMs">, ask: () => Promise<number>): Promise<Moment> {
  const sentMs = steadyMs()
  const serverMs = await ask()
  if (!Number.isFinite(serverMs)) throw new Error("no time in the answer")
  const doubtMs = (steadyMs() - sentMs) / 2
  return { atMs: sentMs + doubtMs, serverMs, doubtMs }
}

/** Between the two, since neither answer says when on its way it was written. */
function paceBetween(first: Moment, last: Moment): { slowest: number; fastest: number } {
  const passedMs = last.atMs - first.atMs
  const doubtMs = first.doubtMs + last.doubtMs + 1
  const serverMs = last.serverMs - first.serverMs
  return { slowest: (serverMs - doubtMs) / passedMs, fastest: (serverMs + doubtMs) / passedMs }
}
