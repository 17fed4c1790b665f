import { Link } from "@tanstack/react-router"
import { BookmarkCheck, History, PencilRuler, Undo2 } from "lucide-react"
import { plainText } from "#engine/candles"
import type { AppliedCard } from "../db/chat-turn.ts"
import { findStrategy } from "../db/kept-strategy.ts"
import { useKept } from "../db/use-kept.ts"
import { searchOf } from "../strategy/index.ts"
import { Button, buttonClass } from "../ui/button.tsx"

type AppliedLineProps = { applied: AppliedCard; onTakeBack: (() => void) | undefined }

/** Where a confirmed strategy is now, the ways to it, and the way back. */
export function AppliedLine({ applied: { strategyId, version }, onTakeBack }: AppliedLineProps) {
  const answer = useKept(() => findStrategy(strategyId), [strategyId])
  const kept = answer.state === "ready" ? answer.value : undefined
  if (answer.state === "ready" && !kept)
    return <p className="text-ink-soft">It was used, and the strategy has been deleted from the library since.</p>
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex min-w-0 grow basis-60 items-start gap-2 text-ink" data-testid="applied">
        <BookmarkCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
        <span className="min-w-0 wrap-anywhere">
          In your library
          {kept && (
            <>
              {" "}
              as “<bdi>{plainText(kept.draft.name, 60)}</bdi>”
            </>
          )}
          , version {version}.
        </span>
      </p>
      {kept && (
        <div className="flex flex-wrap gap-2">
          <Link to="/backtest" search={searchOf(kept)} hash="rules" className={buttonClass("quiet")}>
            <PencilRuler aria-hidden className="size-4" />
            Open its rules
          </Link>
          <Link to="/library/$strategyId" params={{ strategyId }} className={buttonClass("quiet")}>
            <History aria-hidden className="size-4" />
            Versions
          </Link>
          {onTakeBack && (
            <Button look="plain" icon={<Undo2 aria-hidden className="size-4" />} onClick={onTakeBack}>
              Take it back
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
