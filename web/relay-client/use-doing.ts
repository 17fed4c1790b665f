import { useState } from "react"

/**
 * What a press does, and why it could not: `doing(work)` is a handler, `problem` the sentence of the last press, such as
 * that the relay is away, and `isDoing` while it is under way.
 */
export function useDoing(): {
  problem: string | undefined
  isDoing: boolean
  doing: (work: () => Promise<void>) => () => void
} {
  const [problem, setProblem] = useState<string>()
  const [isDoing, setDoing] = useState(false)
  const tried = async (work: () => Promise<void>) => {
    setProblem(undefined)
    setDoing(true)
    try {
      await work()
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setDoing(false)
    }
  }
  return { problem, isDoing, doing: (work) => () => void tried(work) }
}
