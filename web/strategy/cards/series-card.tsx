import { Plus, Trash2 } from "lucide-react"
import { useState } from "react"
import {
  formulaOfOperand,
  formulaText,
  freeName,
  functionTitle,
  isTakenName,
  namePattern,
  nameFormula,
  operandOfFunction,
  operandOfModel,
  withoutUnusedParams,
  withRenamedSeries,
} from "#engine/strategy"
import { Button, IconButton } from "../../ui/button.tsx"
import { TextField } from "../../ui/text-field.tsx"
import type { Edit } from "./edit.ts"
import { FunctionPicker, type Picked } from "./function-picker.tsx"
import { PriceFormula } from "./price-formula.tsx"

/** Values with a name of their own, which rules can use as words. */
export function SeriesCard({ edit }: { edit: Edit }) {
  const { document, change } = edit
  const { series = {} } = document
  const [picking, setPicking] = useState(false)
  const add = (picked: Picked) => {
    setPicking(false)
    const title =
      picked.kind === "function" ? functionTitle(picked.name) : `my ${picked.kind === "name" ? picked.name : "value"}`
    const name = freeName(document, title)
    change({ ...document, series: { ...series, [name]: textOf(picked, document) } }, `Named a value ${name}`)
  }
  return (
    <>
      {Object.keys(series).map((name) => (
        <div key={name} data-place={`series.${name}`} className="flex flex-col gap-2 border-l border-line pl-3">
          <div className="flex items-end gap-1">
            <div className="min-w-0 grow">
              <NameField edit={edit} name={name} />
            </div>
            <IconButton
              label={`Remove ${name}`}
              onClick={() => {
                const { [name]: _, ...others } = series
                change(withoutUnusedParams(document, { ...document, series: others }), `Removed ${name}`)
              }}
            >
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          </div>
          <PriceFormula edit={edit} path={["series", name]} label={`${name} means`} />
        </div>
      ))}
      <Button className="self-start" icon={<Plus aria-hidden className="size-4" />} onClick={() => setPicking(true)}>
        Name a value
      </Button>
      {picking && (
        <FunctionPicker
          title="What to give a name"
          document={document}
          isExit={false}
          withNumber={false}
          onPick={add}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  )
}

function textOf(picked: Picked, document: Edit["document"]): string {
  if (picked.kind === "name") return formulaText(nameFormula(picked.name))
  if (picked.kind === "model") return formulaText(formulaOfOperand(operandOfModel(picked, document)))
  return picked.kind === "function" ? formulaText(formulaOfOperand(operandOfFunction(picked.name))) : "close"
}

/** A series' name. Only one that can be used is taken over; every rule that used the old one uses the new one. */
function NameField({ edit: { document, change }, name }: { edit: Edit; name: string }) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined || draft === name ? undefined : nameProblem(draft, document)
  const take = () => {
    if (draft !== undefined && draft !== name && !problem)
      change(withRenamedSeries(document, name, draft), `${name} is now called ${draft}`)
    if (!problem) setDraft(undefined)
  }
  return (
    <TextField
      label="Name"
      value={draft ?? name}
      problem={problem}
      maxLength={60}
      spellCheck={false}
      autoComplete="off"
      onChange={setDraft}
      onBlur={take}
      onKeyDown={(event) => event.key === "Enter" && take()}
    />
  )
}

function nameProblem(text: string, document: Edit["document"]): string | undefined {
  if (!namePattern.test(text))
    return "A name in formulas starts with a letter and has only the letters a to z, digits and _ (at most 40)."
  return isTakenName(document, text)
    ? "This name is taken, by a function, a slider or another value. Choose another."
    : undefined
}
