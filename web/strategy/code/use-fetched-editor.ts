import { useEffect, useState } from "react"
import { useStable } from "../../ui/use-stable.ts"

type Fetched = { editor?: typeof import("./monaco-editor.tsx"); isMissing: boolean }

/** What could not be fetched is asked for again so often: no browser says when its relay is back. */
const AGAIN_MS = 5_000

/** The editor as soon as it is in this browser, whenever that is. */
export function useFetchedEditor() {
  const [fetched, setFetched] = useState<Fetched>({ isMissing: false })
  const fetchAgain = useStable(() => void fetchEditor().then(setFetched))
  useEffect(() => fetchAgain(), [fetchAgain])
  useEffect(() => {
    if (!fetched.isMissing) return
    const timer = setInterval(fetchAgain, AGAIN_MS)
    return () => clearInterval(timer)
  }, [fetched.isMissing, fetchAgain])
  return { ...fetched, fetchAgain }
}

async function fetchEditor(): Promise<Fetched> {
  askAgainForStyles()
  try {
    return { editor: await import("./monaco-editor.tsx"), isMissing: false }
  } catch {
    return { isMissing: true }
  }
}

/** A style sheet that did not come stays empty: the script that comes later does not ask for it a second time. */
function askAgainForStyles() {
  for (const link of document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]"))
    if (isEmpty(link)) link.replaceWith(link.cloneNode())
}

function isEmpty({ sheet }: HTMLLinkElement): boolean {
  try {
    return !sheet || sheet.cssRules.length === 0
  } catch {
    // What did not come is nobody's, and may not be read.
    return true
  }
}
