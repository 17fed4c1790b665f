import { PencilRuler } from "lucide-react"
import { lazy, memo, Suspense } from "react"
import type { StrategyProblem } from "#engine/strategy"
import { Button } from "../ui/button.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import type { Draft } from "./use-draft.ts"

// Most people move sliders: the rule editor loads when somebody opens it.
const RuleCards = lazy(async () => ({ default: (await import("./cards/rule-cards.tsx")).RuleCards }))

type RulePanelProps = { draft: Draft; refused: StrategyProblem[]; isOpen: boolean; onToggle: () => void }

/** The rules of a strategy behind a button. */
export const RulePanel = memo(function RulePanel({ draft, refused, isOpen, onToggle }: RulePanelProps) {
  return (
    <div className="flex flex-col gap-4">
      <Button
        className="self-start"
        icon={<PencilRuler aria-hidden className="size-4" />}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {isOpen ? "Close the rules" : "Change the rules"}
      </Button>
      {isOpen && (
        <Suspense fallback={<Skeleton className="h-80 w-full" />}>
          <RuleCards draft={draft} refused={refused} />
        </Suspense>
      )}
    </div>
  )
})
