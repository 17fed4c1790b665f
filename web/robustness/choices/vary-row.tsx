import { useId, useState } from "react"
import type { ShownParam } from "../../run/template-of.ts"
import { Button } from "../../ui/button.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { Switch } from "../../ui/switch.tsx"
import { valuesWords, type VaryChoice, varyProblem } from "./vary-choice.ts"

type VaryRowProps = { param: ShownParam; choice: VaryChoice; onChange: (choice: VaryChoice) => void }

/** A param, whether it is varied, and over which values. */
export function VaryRow({ param, choice, onChange }: VaryRowProps) {
  const [isOpen, setOpen] = useState(false)
  const range = useId()
  const problem = varyProblem(param, choice)
  const hasRange = choice.isOn && param.type !== "bool"
  const isShown = hasRange && (isOpen || problem !== undefined)
  return (
    <li className="flex flex-col gap-1 border-t border-line py-2" data-vary={param.name}>
      <Switch label={param.label} checked={choice.isOn} onChange={(isOn) => onChange({ ...choice, isOn })} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-sm text-ink-strong tabular-nums">{problem ? "—" : valuesWords(param, choice)}</p>
        {hasRange && (
          <Button
            look="plain"
            aria-expanded={isShown}
            aria-controls={isShown ? range : undefined}
            aria-label={`Which values of ${param.label}`}
            onClick={() => setOpen(!isShown)}
          >
            Which values
          </Button>
        )}
      </div>
      {isShown && <Range id={range} param={param} choice={choice} problem={problem} onChange={onChange} />}
    </li>
  )
}

function Range({ id, param, choice, problem, onChange }: VaryRowProps & { id: string; problem: string | undefined }) {
  if (param.type === "bool") return null
  const { min, max } = param
  return (
    <div id={id} role="group" aria-label={`Values of ${param.label}`} className="flex flex-col gap-1 pb-2">
      <div className="grid grid-cols-3 gap-3">
        <NumberField
          label="From"
          value={choice.from}
          {...{ min, max }}
          onChange={(from) => onChange({ ...choice, from })}
        />
        <NumberField label="To" value={choice.to} {...{ min, max }} onChange={(to) => onChange({ ...choice, to })} />
        <NumberField
          label="Step"
          value={choice.step}
          min={0}
          max={max - min}
          onChange={(step) => onChange({ ...choice, step })}
        />
      </div>
      {problem && (
        <p role="alert" className="text-sm text-loss">
          {problem}
        </p>
      )}
    </div>
  )
}
