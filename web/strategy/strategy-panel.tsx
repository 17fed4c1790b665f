import { PencilRuler } from "lucide-react"
import { lazy, memo, Suspense } from "react"
import type { StrategyProblem, TestedOn } from "#engine/strategy"
import { Button } from "../ui/button.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { Tabs } from "../ui/tabs.tsx"
import type { RulesPlace } from "../run/setup-job.ts"
import { type SoughtPlace, viewOfPlace } from "./sought-place.ts"
import { UndoButtons } from "./undo-buttons.tsx"
import type { Draft } from "./use-draft.ts"

// Most people move sliders: what edits rules or code is fetched by those who open it.
const RuleCards = lazy(async () => ({ default: (await import("./cards/rule-cards.tsx")).RuleCards }))
const CodeTab = lazy(async () => ({ default: (await import("./code/code-tab.tsx")).CodeTab }))
const JsonTab = lazy(async () => ({ default: (await import("./code/json-tab.tsx")).JsonTab }))

/** How a strategy is shown where it can be changed; nothing while only its sliders are. */
export type StrategyView = "rules" | "code" | "json" | undefined

type StrategyPanelProps = {
  draft: Draft
  /** Where it is tested. */
  place: RulesPlace
  /** What the last run refused. */
  refused: StrategyProblem[]
  /** Whether a result is shown: of the last good rules, while these are not finished. */
  hasResult: boolean
  /** The market and the money it is tested with here. */
  testedOn: TestedOn | undefined
  view: StrategyView
  onView: (view: StrategyView) => void
  /** The place somebody is led to; undefined once it is found. */
  sought: SoughtPlace | undefined
  onSeek: (path: string | undefined) => void
  /** Ctrl-Enter in an editor. */
  onRun: () => void
}

/** What a strategy is made of, behind a button: its rules as cards, its code, its document. Beside it the way back. */
export const StrategyPanel = memo(function StrategyPanel(props: StrategyPanelProps) {
  const { draft, view, onView } = props
  const isCode = draft.document.code !== undefined
  const noun = isCode ? "code" : "rules"
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-2">
        <Button
          icon={<PencilRuler aria-hidden className="size-4" />}
          aria-expanded={view !== undefined}
          onClick={() => onView(view === undefined ? noun : undefined)}
        >
          {view === undefined ? "Change" : "Close"} the {noun}
        </Button>
        <UndoButtons draft={draft} />
      </div>
      {view !== undefined && (
        <Tabs
          label="The strategy"
          value={isCode && view === "rules" ? "code" : view}
          onChange={(next) => onView(next as StrategyView)}
          tabs={tabsOf(props).filter(({ value }) => value !== "rules" || !isCode)}
        />
      )}
    </div>
  )
})

function tabsOf({ draft, place, refused, hasResult, testedOn, sought, onSeek, onRun }: StrategyPanelProps) {
  const { document } = draft
  const soughtIn = (view: StrategyView) => (sought && viewOfPlace(document, sought.path) === view ? sought : undefined)
  const text = { document, onChange: draft.change, onRun, onSeek }
  const rules = { draft, place, refused, hasResult, testedOn, onSeek }
  return [
    { value: "rules", label: "Rules", content: <RuleCards {...rules} sought={soughtIn("rules")} /> },
    { value: "code", label: "Code", content: <CodeTab {...text} sought={soughtIn("code")} /> },
    { value: "json", label: "JSON", content: <JsonTab {...text} sought={soughtIn("json")} /> },
  ].map((tab) => ({ ...tab, content: <Suspense fallback={waiting}>{tab.content}</Suspense> }))
}

const waiting = <Skeleton className="h-80 w-full" />
