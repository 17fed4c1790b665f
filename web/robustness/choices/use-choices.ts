import { useMemo, useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import { type ShownParam, shownParams } from "../../run/template-of.ts"
import { hasFixedNumbers } from "./fixed-numbers.ts"
import { usualSearch, type SearchChoice } from "./search-choice.ts"
import { usualVary, type VaryChoices } from "./vary-choice.ts"

/** Everything a person chooses about a search, and how to choose it. */
export type Choices = {
  /** With the names its numbers were given here. */
  document: WrittenStrategy
  params: ShownParam[]
  vary: VaryChoices
  setVary: (vary: VaryChoices) => void
  search: SearchChoice
  setSearch: (search: SearchChoice) => void
  /** Conditions to try to do without, by their places in the document. */
  without: readonly string[]
  setWithout: (without: readonly string[]) => void
  /** Whether numbers in the rules may be given names, to be varied too. */
  canName: boolean
  nameNumbers: () => Promise<void>
}

type Kept = Pick<Choices, "vary" | "search" | "without"> & { of: WrittenStrategy; named?: WrittenStrategy }

/** What is chosen for a strategy; another one begins with the usual choices. `unseenPercent`: what its test left out. */
export function useChoices(strategy: WrittenStrategy, unseenPercent: number): Choices {
  const [kept, setKept] = useState<Kept>()
  const choice = kept?.of === strategy ? kept : begun(strategy, unseenPercent)
  const document = choice.named ?? strategy
  const params = useMemo(() => shownParams(document), [document])
  const set = (part: Partial<Kept>) => setKept({ ...choice, ...part })
  return {
    document,
    params,
    vary: choice.vary,
    setVary: (vary) => set({ vary }),
    search: choice.search,
    setSearch: (search) => set({ search }),
    without: choice.without,
    setWithout: (without) => set({ without }),
    canName: choice.named === undefined && hasFixedNumbers(strategy),
    nameNumbers: async () => {
      const { withSliders } = await import("#engine/idea")
      const named = withSliders(strategy)
      set({ named, vary: { ...usualVary(shownParams(named)), ...choice.vary } })
    },
  }
}

function begun(strategy: WrittenStrategy, unseenPercent: number): Kept {
  const holdOutPercent = unseenPercent > 0 ? Math.min(unseenPercent, 50) : usualSearch.holdOutPercent
  return {
    of: strategy,
    vary: usualVary(shownParams(strategy)),
    search: { ...usualSearch, holdOutPercent },
    without: [],
  }
}
