import { useEffect, useState } from "react"
import { type RunSetup, type SetupSearch, searchFromSetup, setupFromSearch } from "./run-setup.ts"

/** The address follows a moving slider with this pause: browsers refuse to rewrite it at every step. */
const ADDRESS_MS = 250

/** A changed setup over the address it was made from. */
type Draft = { over: string; setup: RunSetup }

/** The setup of an address, and a way to change it: a change is there at once, the address follows. */
export function useSetup(search: SetupSearch, onChange: (search: SetupSearch, how: { replace: boolean }) => void): [RunSetup, (change: Partial<RunSetup>) => void] {
  const [draft, setDraft] = useState<Draft>()
  const address = JSON.stringify(search)
  const told = setupFromSearch(search)
  // The draft counts until its address has arrived, and no longer when the person went Back or followed a link meanwhile.
  const setup = draft?.over === address ? draft.setup : told

  useEffect(() => {
    if (draft?.over !== address) return
    const send = () => onChange(searchFromSetup(draft.setup), { replace: isSmall(told, draft.setup) })
    const timer = setTimeout(send, isSmall(told, draft.setup) ? ADDRESS_MS : 0)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- only another draft starts the clock
  }, [draft])

  return [setup, (part) => setDraft({ over: address, setup: { ...setup, ...part } })]
}

/** Another market or strategy is a step to come Back from; a moved number is not. */
function isSmall(from: RunSetup, to: RunSetup): boolean {
  return from.market === to.market && from.strategy === to.strategy
}
