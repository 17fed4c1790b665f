import { useCallback, useRef, useState } from "react"
import { plainText } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import { LibraryFull } from "../db/kept-strategy.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { toastWithUndo } from "../ui/toast.tsx"
import { type KeptValues, keepValues, StrategyGone } from "./kept-values.ts"

type Searched = { strategy: WrittenStrategy; strategyId: string | undefined; settings: string }

/** The version that holds the values last used, until that is undone. */
export type UsedValues = Pick<KeptValues, "strategyId" | "version">

/** Puts found values to use: as the next version of the searched strategy, with a note and a way back. */
export function useValues({ strategy, strategyId, settings }: Searched) {
  const [problem, setProblem] = useState<string>()
  const [used, setUsed] = useState<UsedValues>()
  // A template becomes one strategy of the library, however often its values are used.
  const keptId = useRef<{ of: WrittenStrategy; id: string }>(undefined)
  const keep = useCallback(
    async (document: WrittenStrategy, how: string) => {
      const name = plainText(strategy.name, 60)
      const ownId = strategyId ?? (keptId.current?.of === strategy ? keptId.current.id : undefined)
      try {
        setProblem(undefined)
        const kept = await keepValues({
          strategyId: ownId,
          before: strategy,
          document,
          how,
          origin: `from a search that began with ${name}`,
          settings,
        })
        keptId.current = { of: strategy, id: kept.strategyId }
        setUsed(kept)
        void toastWithUndo({
          text: `${name} has these values, as version ${kept.version}.`,
          onUndo: () => {
            if (ownId === undefined) keptId.current = undefined
            setUsed(undefined)
            void kept.takeBack().catch((error: unknown) => setProblem(unavailableBecause(error)))
          },
          onExpire: () => {},
        })
      } catch (error) {
        setProblem(
          error instanceof LibraryFull || error instanceof StrategyGone ? error.message : unavailableBecause(error),
        )
      }
    },
    [strategy, strategyId, settings],
  )
  return { keep, problem, used }
}
