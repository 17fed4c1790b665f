import { BookmarkPlus } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { changesBetween, strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { changeDraft, keepStrategy, LibraryFull } from "../../db/kept-strategy.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { Button } from "../../ui/button.tsx"

type KeepButtonProps = {
  /** With its sliders where they are. */
  document: WrittenStrategy
  /** "from the template Donchian trend" */
  origin: string
  /** Where it is tested, as an address says it. */
  settings: string
  onKept: (id: string) => void
}

/** Makes what is on the screen a strategy of the person's own. */
export function KeepButton({ document, origin, settings, onKept }: KeepButtonProps) {
  const [problem, setProblem] = useState<string>()
  const newest = useRef(document)
  useEffect(() => void (newest.current = document))
  const keep = async () => {
    try {
      setProblem(undefined)
      const { id, draft } = await keepStrategy({ document: wholeDocument(document), origin, settings })
      // A slider may have moved while it was being kept.
      const since = changesBetween(draft, wholeDocument(newest.current))
      if (since.length > 0) await changeDraft(id, since)
      onKept(id)
    } catch (error) {
      setProblem(error instanceof LibraryFull ? error.message : unavailableBecause(error))
    }
  }
  return (
    <>
      <Button icon={<BookmarkPlus aria-hidden className="size-4" />} onClick={() => void keep()}>
        Keep
      </Button>
      {problem && (
        <p role="alert" className="basis-full text-sm text-loss">
          {problem}
        </p>
      )}
    </>
  )
}

/** With every default written out; one that is not finished stays as it is. */
function wholeDocument(document: WrittenStrategy): WrittenStrategy {
  const checked = strategyFromJson(document)
  return checked.ok ? checked.strategy : document
}
