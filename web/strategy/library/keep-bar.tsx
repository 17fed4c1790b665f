import { Link } from "@tanstack/react-router"
import { BookmarkPlus, History } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { changeLine } from "#engine/strategy"
import { unavailableBecause } from "../../db/unavailable.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import type { OpenedStrategy } from "./opened-strategy.ts"

const MissedLines = lazy(async () => ({ default: (await import("./missed-lines.tsx")).MissedLines }))

/** Whether the opened strategy is kept, what is not in a version yet, and the ways to its past. */
export function KeepBar({ strategy }: { strategy: OpenedStrategy }) {
  const { changed, kept, saving } = strategy
  if (strategy.bringBack) return <Deleted onBringBack={strategy.bringBack} />
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-y border-line py-2 print:hidden">
      <p className="min-w-0 grow basis-full text-sm text-ink-soft sm:basis-0">
        <span role="status">{savingWords(strategy)}</span>{" "}
        <span data-testid="changed" className="wrap-anywhere text-ink">
          {changed.length > 0 ? `Since version ${kept.version}: ${changeLine(changed)}` : `Version ${kept.version}.`}
        </span>
      </p>
      {kept.script !== undefined && (
        <Suspense>
          <MissedLines id={strategy.id} script={kept.script} />
        </Suspense>
      )}
      <Button
        icon={<BookmarkPlus aria-hidden className="size-4" />}
        disabled={changed.length === 0 || saving.state === "failed"}
        onClick={() => void strategy.keepVersion()}
      >
        Keep as a version
      </Button>
      <Link to="/library/$strategyId" params={{ strategyId: strategy.id }} className={buttonClass("quiet")}>
        <History aria-hidden className="size-4" />
        Versions
      </Link>
    </div>
  )
}

function Deleted({ onBringBack }: { onBringBack: () => Promise<void> }) {
  const [problem, setProblem] = useState<string>()
  const bringBack = () => onBringBack().catch((error: unknown) => setProblem(unavailableBecause(error)))
  return (
    <Notice kind="warn" action={<Button onClick={() => void bringBack()}>Bring it back</Button>}>
      {problem ??
        "This strategy was deleted in another window. What is on this screen is still here, with every change of yours."}
    </Notice>
  )
}

function savingWords({ saving }: OpenedStrategy): string {
  switch (saving.state) {
    case "saved":
      return "Saved in your library."
    case "saving":
      return "Saving…"
    case "failed":
      return saving.because
  }
}
