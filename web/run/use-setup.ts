import { useEffect, useMemo, useRef, useState } from "react"
import { type RunSetup, type SetupSearch, searchFromSetup, setupFromSearch } from "./run-setup.ts"

/** The address follows a moving slider with this pause: browsers refuse to rewrite it at every step. */
const ADDRESS_MS = 250

/** A changed setup over the address it was made from. */
type Draft = { over: string; setup: RunSetup }

type OnAddress = (search: SetupSearch, how: { replace: boolean }) => void

/**
 * The setup of an address, and a way to change it: a change applies at once, the address follows through `onAddress`.
 */
export function useSetup(search: SetupSearch, onAddress: OnAddress): [RunSetup, (change: Partial<RunSetup>) => void] {
  const [draft, setDraft] = useState<Draft>()
  const sent = useRef<Draft>(undefined)
  const address = JSON.stringify(search)
  // oxlint-disable-next-line react/exhaustive-deps -- the address is the search
  const fromAddress = useMemo(() => setupFromSearch(search), [address])
  const setup = draft?.over === address ? draft.setup : fromAddress

  useEffect(() => {
    if (!draft) return
    const replace = isSmall(fromAddress, draft.setup)
    const send = () => {
      sent.current = draft
      onAddress(searchFromSetup(draft.setup), { replace })
    }
    const timer = setTimeout(send, replace ? ADDRESS_MS : 0)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- only another draft starts the clock
  }, [draft])

  useEffect(() => {
    const arrived = sent.current
    sent.current = undefined
    // At another address (the draft's own has arrived, or the person went Back) a draft is done, unless it moved on
    // meanwhile.
    setDraft((now) =>
      now && arrived && now !== arrived && address === addressOf(arrived)
        ? { over: address, setup: now.setup }
        : undefined,
    )
  }, [address])

  return [setup, (change) => setDraft({ over: address, setup: { ...setup, ...change } })]
}

function addressOf({ setup }: Draft): string {
  return JSON.stringify(searchFromSetup(setup))
}

/** Another market or strategy is a step for the Back button; a moved number is not. */
function isSmall(from: RunSetup, to: RunSetup): boolean {
  return from.market === to.market && from.strategy === to.strategy
}
