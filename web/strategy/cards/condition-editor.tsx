import { useState } from "react"
import {
  type Comparison,
  comparisonWords,
  type Condition,
  conditionOf,
  type DocumentPath,
  type Formula,
  formulaOfCondition,
  formulaText,
  functionCatalogue,
  makeFormulaNumberAdjustable,
  numberFormula,
  numberSpots,
  parseFormula,
  pathText,
  type RulePlace,
  textAt,
  withoutUnusedParams,
  withSwitch,
  withValueAt,
} from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import { isWithinPlace } from "../sought-place.ts"
import type { Edit } from "./edit.ts"
import { FormulaField } from "./formula-field.tsx"
import { FormulaNumbers } from "./formula-numbers.tsx"
import { OperandEditor } from "./operand-editor.tsx"
import { problemAt } from "./problem-of.ts"

type ConditionEditorProps = {
  edit: Edit
  place: RulePlace
  path: DocumentPath
  /** The name of a change for undo, from its old words. */
  wordsOfChange: (next: string) => string
}

/** A condition with everything about it: by pickers, or as the formula it is. */
export function ConditionEditor({ edit, place, path, wordsOfChange }: ConditionEditorProps) {
  const text = textAt(edit.document, path)
  const parsed = parseFormula(text)
  const condition = parsed.ok ? conditionOf(parsed.formula) : undefined
  // What is half written is come back to as what it is, and typed on.
  const isWrong = problemAt(edit.problems, path) !== undefined
  const [asFormula, setAsFormula] = useState(isWrong)
  const isSought = edit.sought !== undefined && isWithinPlace(edit.sought.path, pathText([...path]))
  if (isSought && isWrong && !asFormula) setAsFormula(true)
  const put = (next: string) =>
    edit.change(withoutUnusedParams(edit.document, withValueAt(edit.document, path, next)), wordsOfChange(next))
  const makeAdjustable = (at: number) => {
    const made = makeFormulaNumberAdjustable(edit.document, path, at)
    if (made.ok) edit.change(made.document, `${made.document.params![made.name].label} is a slider now`)
  }
  const isFormula = asFormula || !condition
  return (
    <div className="flex flex-col gap-3 pb-4">
      {isFormula ? (
        <>
          <FormulaField
            label="Formula"
            isFocused={asFormula}
            text={text}
            document={edit.document}
            problem={problemAt(edit.problems, path)}
            // A slider whose name is being typed anew keeps its range: only what pickers replace takes its slider along.
            onChange={(next) => edit.change(withValueAt(edit.document, path, next), wordsOfChange(next))}
          />
          <FormulaNumbers text={text} onAdjustable={makeAdjustable} />
          {!condition && parsed.ok && (
            <p className="text-sm text-ink-soft">It is more than one comparison, so it is edited as a formula.</p>
          )}
        </>
      ) : (
        <ConditionParts
          edit={edit}
          condition={condition}
          isExit={place.endsWith("exit")}
          onChange={(next) => put(formulaText(formulaOfCondition(next)))}
          onAdjustable={makeAdjustable}
          text={text}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {condition && <GuardSwitch edit={edit} condition={condition} path={path} />}
        {condition && (
          <Button look="plain" onClick={() => setAsFormula(!asFormula)}>
            {isFormula ? "Use pickers" : "Edit as formula"}
          </Button>
        )}
      </div>
    </div>
  )
}

type ConditionPartsProps = {
  edit: Edit
  condition: Condition
  text: string
  isExit: boolean
  onChange: (condition: Condition) => void
  onAdjustable: (at: number) => void
}

function ConditionParts({ edit, condition, text, isExit, onChange, onAdjustable }: ConditionPartsProps) {
  const { left, comparison, right } = condition
  const spots = numberSpots(text)
  const meaningOf = (formula: Formula) => {
    const at = formula.kind === "unary" ? formula.of.at : formula.at
    const { label, min, max, isWhole } = spots.find((spot) => spot.at === at) ?? anyNumber
    return formula.kind === "unary" ? { label, isWhole, min: -max, max } : { label, min, max, isWhole }
  }
  const side = { edit, isExit, onAdjustable }
  return (
    <>
      <OperandEditor
        {...side}
        label="What"
        formula={left}
        meaning={meaningOf(left)}
        onChange={(next) => onChange({ ...condition, left: next })}
      />
      <Select
        label="How it compares"
        value={comparison}
        choices={comparisonChoices(left)}
        onChange={(next) => onChange(withComparison(condition, next as Comparison))}
      />
      {right && (
        <OperandEditor
          {...side}
          label={isCount(comparison) ? "How many values" : "With what"}
          formula={right}
          meaning={isCount(comparison) ? { label: "Values", min: 1, max: 1_000, isWhole: true } : meaningOf(right)}
          onChange={(next) => onChange({ ...condition, right: next })}
        />
      )}
    </>
  )
}

const anyNumber = { label: "Number", min: -1e12, max: 1e12, isWhole: false }

const isCount = (comparison: Comparison) => comparison === "rising" || comparison === "falling"

function comparisonChoices(left: Formula) {
  const canHold = left.kind === "name" || left.kind === "call" || left.kind === "output"
  return (Object.keys(comparisonWords) as Comparison[])
    .filter((comparison) => comparison !== "holds" || canHold)
    .map((value) => ({ value, label: comparisonWords[value] }))
}

/** A number of values is not a level, and a level not a number of values: changing between the two starts over. */
function withComparison(condition: Condition, comparison: Comparison): Condition {
  if (comparison === "holds") return { ...condition, comparison, right: undefined }
  const isKept = condition.right !== undefined && isCount(comparison) === isCount(condition.comparison)
  return { ...condition, comparison, right: isKept ? condition.right : numberFormula(isCount(comparison) ? 3 : 0) }
}

/** Whether a switch among the sliders can turn the condition off. */
function GuardSwitch({ edit, condition, path }: { edit: Edit; condition: Condition; path: DocumentPath }) {
  const write = (document: Edit["document"], onlyIf: string | undefined) =>
    withValueAt(document, path, formulaText(formulaOfCondition({ ...condition, onlyIf })))
  const onChange = (isGuarded: boolean) => {
    if (!isGuarded)
      return edit.change(
        withoutUnusedParams(edit.document, write(edit.document, undefined)),
        "A condition always counts",
      )
    const added = withSwitch(edit.document, `Use ${guardName(condition)}`)
    if (added.ok) edit.change(write(added.document, added.name), "A condition can be switched off")
  }
  return <Switch label="Can be switched off" checked={condition.onlyIf !== undefined} onChange={onChange} />
}

function guardName({ left }: Condition): string {
  return left.kind === "call" && functionCatalogue.has(left.name) ? left.name : "this condition"
}
