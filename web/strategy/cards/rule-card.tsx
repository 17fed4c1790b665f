import { Plus } from "lucide-react"
import { useState } from "react"
import {
  conditionInWords,
  conditionPath,
  type DocumentPath,
  type EditedRule,
  formulaText,
  moved,
  newCondition,
  newModelCondition,
  pathText,
  ruleAt,
  type RulePlace,
  withoutUnusedParams,
  withRule,
} from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { isWithinPlace } from "../sought-place.ts"
import { ConditionRow } from "./condition-row.tsx"
import type { Edit } from "./edit.ts"
import { FunctionPicker, type Picked } from "./function-picker.tsx"
import { problemAt } from "./problem-of.ts"
import { ruleTitles } from "./rule-titles.ts"
import { useReorder } from "./use-reorder.ts"

type RuleCardProps = { edit: Edit; place: RulePlace; about: string }

/** One rule: its conditions one below the other, to open, add, remove and reorder. */
export function RuleCard({ edit, place, about }: RuleCardProps) {
  const { document, change } = edit
  const rule = ruleAt(document, place)
  const title = ruleTitles[place]
  const [open, setOpen] = useState(() => unfinishedCondition(edit, place, rule.formulas.length))
  const sought = placeSought(edit, place, rule.formulas.length)
  if (sought !== undefined && sought !== open) setOpen(sought)
  const [picking, setPicking] = useState(false)
  const put = (next: Partial<EditedRule>, words: string) =>
    change(withoutUnusedParams(document, withRule(document, place, { ...rule, ...next })), `${title}: ${words}`)
  const handleOf = useReorder(rule.formulas.length, (from, to) => {
    setOpen(undefined)
    put({ formulas: moved(rule.formulas, from, to) }, "another order")
  })
  const wordsOf = (text: string) => conditionInWords(text, document.params ?? {})
  const add = (picked: Picked) => {
    setPicking(false)
    const text = newConditionText(picked, place, document)
    setOpen(rule.formulas.length)
    put({ formulas: [...rule.formulas, text] }, `added “${wordsOf(text)}”`)
  }
  return (
    <section aria-label={title} data-place={place} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-base font-semibold">{title}</h3>
        {rule.formulas.length > 1 && (
          <JoinChoice join={rule.join} onChange={(join) => put({ join }, joinWords[join].toLowerCase())} />
        )}
      </div>
      {rule.formulas.length === 0 && <p className="text-sm text-ink-soft">{about}</p>}
      <ul className="flex flex-col border-b border-line empty:hidden">
        {rule.formulas.map((text, at) => (
          <ConditionRow
            key={at}
            edit={edit}
            place={place}
            path={[...conditionPath(document, place, at)]}
            text={text}
            joined={at === 0 ? undefined : rule.join === "all" ? "and" : "or"}
            isOpen={open === at}
            handle={handleOf(at)}
            onToggle={() => setOpen(open === at ? undefined : at)}
            onRemove={() => {
              setOpen(undefined)
              put({ formulas: rule.formulas.toSpliced(at, 1) }, `removed “${wordsOf(text)}”`)
            }}
          />
        ))}
      </ul>
      <div>
        <Button
          icon={<Plus aria-hidden className="size-4" />}
          aria-label={`Add a condition: ${title}`}
          onClick={() => setPicking(true)}
        >
          Add a condition
        </Button>
      </div>
      {picking && (
        <FunctionPicker
          title={`${title}: what to look at`}
          document={document}
          isExit={place.endsWith("exit")}
          withNumber={false}
          onPick={add}
          onClose={() => setPicking(false)}
        />
      )}
    </section>
  )
}

/** The condition that is half written: what somebody comes back to. */
function unfinishedCondition({ document, problems }: Edit, place: RulePlace, count: number): number | undefined {
  return conditionWhere({ document, place, count }, (path) => problemAt(problems, path) !== undefined)
}

/** The condition somebody is led to. */
function placeSought({ document, sought }: Edit, place: RulePlace, count: number): number | undefined {
  return sought && conditionWhere({ document, place, count }, (path) => isWithinPlace(sought.path, pathText([...path])))
}

type Conditions = { document: Edit["document"]; place: RulePlace; count: number }

function conditionWhere(
  { document, place, count }: Conditions,
  isSo: (path: DocumentPath) => boolean,
): number | undefined {
  const at = Array.from({ length: count }, (_, n) => conditionPath(document, place, n)).findIndex(isSo)
  return at < 0 ? undefined : at
}

const joinWords = { all: "All must be true", any: "Any one is enough" }

function JoinChoice({ join, onChange }: { join: "all" | "any"; onChange: (join: "all" | "any") => void }) {
  return (
    <div role="group" aria-label="How the conditions join" className="flex gap-1">
      {(["all", "any"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === join}
          title={joinWords[each]}
          onClick={() => each !== join && onChange(each)}
          className="min-h-8 rounded-md px-3 text-sm text-ink-soft hover:bg-surface-2 aria-pressed:bg-surface-2 aria-pressed:font-medium aria-pressed:text-ink-strong"
        >
          {each === "all" ? "All" : "Any"}
        </button>
      ))}
    </div>
  )
}

function newConditionText(picked: Picked, place: RulePlace, document: Edit["document"]): string {
  const opens = place.endsWith("enter") === place.startsWith("long")
  if (picked.kind === "number") return ""
  if (picked.kind === "position") return `position.${picked.name} > ${picked.name === "candles" ? 24 : 3}`
  return formulaText(
    picked.kind === "model" ? newModelCondition(picked, document, opens) : newCondition(picked.name, opens),
  )
}
