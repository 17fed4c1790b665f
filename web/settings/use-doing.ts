import { useState } from "react"

/**
 * What a press does, and why it could not: `doing(work)` is a handler, and `problem` the sentence of the last press,
 * such as that the relay is away.
 */
export function useDoing(): { problem: string | undefined; doing: (work: () => Promise<void>) => () => void } {
  const [problem, setProblem] = useState<string>()
  const tried = async (work: () => Promise<void>) => {
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return { problem, doing: (work) => () => void tried(work) }
}
