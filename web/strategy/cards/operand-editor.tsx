import { ChevronDown } from "lucide-react"
import { useState } from "react"
import { type Timeframe, timeframesMs } from "#engine/candles"
import {
  averageKinds,
  type Formula,
  formulaOfOperand,
  functionCatalogue,
  type FunctionArgument,
  modelCallOf,
  nameFormula,
  numberFormula,
  numberOf,
  type NumberMeaning,
  type Operand,
  operandInWords,
  operandOf,
  operandOfFunction,
  operandOfModel,
  outputsOf,
} from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { Select } from "../../ui/select.tsx"
import type { Edit } from "./edit.ts"
import { FunctionPicker, type Picked } from "./function-picker.tsx"
import { NumberEdit } from "./number-edit.tsx"

type OperandEditorProps = {
  edit: Edit
  label: string
  formula: Formula
  /** The meaning of the number, where this side is one. */
  meaning: Omit<NumberMeaning, "value">
  isExit: boolean
  /** The source of a function: whose candles and how long ago is asked of the function as a whole. */
  isInner?: boolean
  onChange: (formula: Formula) => void
  /** Makes the number a slider that begins at this character of the condition's formula. */
  onAdjustable: (at: number) => void
}

/** One side of a comparison: what it is, and everything that can be set about it. */
export function OperandEditor(props: OperandEditorProps) {
  const { edit, label, formula, meaning, isExit, onChange, onAdjustable } = props
  const [picking, setPicking] = useState(false)
  const number = numberOf(formula)
  const operand = operandOf(formula)
  const set = (change: Partial<Operand>) => onChange(formulaOfOperand({ ...operand, ...change }))
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <PickButton
        label={label}
        words={number === undefined ? operandInWords(operand.core, edit.document.params ?? {}) : "A number"}
        onClick={() => setPicking(true)}
      />
      {picking && (
        <FunctionPicker
          title={label}
          document={edit.document}
          isExit={isExit}
          onClose={() => setPicking(false)}
          onPick={(picked) => {
            setPicking(false)
            onChange(formulaOfPicked(picked, formula, edit))
          }}
        />
      )}
      {number === undefined && !isNumberParam(edit, formula) ? (
        <OperandSettings {...props} operand={operand} set={set} />
      ) : (
        <NumberEdit
          edit={edit}
          meaning={meaning}
          value={number ?? (formula as Extract<Formula, { kind: "name" }>).name}
          onChange={(value) => onChange(numberFormula(value))}
          onAdjustable={() => onAdjustable(formula.kind === "unary" ? formula.of.at : formula.at)}
        />
      )}
    </div>
  )
}

function isNumberParam({ document }: Edit, formula: Formula): boolean {
  if (formula.kind !== "name") return false
  const param = document.params?.[formula.name]
  return param !== undefined && param.type !== "bool"
}

/** The picked item as a formula. A function keeps the source of the one before it. */
function formulaOfPicked(picked: Picked, before: Formula, { document }: Edit): Formula {
  if (picked.kind === "number") return numberFormula(numberOf(before) ?? 0)
  if (picked.kind === "name") return nameFormula(picked.name)
  if (picked.kind === "position") return { kind: "output", of: nameFormula("position"), output: picked.name, at: 0 }
  return formulaOfOperand(picked.kind === "model" ? operandOfModel(picked, document) : operandOfFunction(picked.name))
}

function PickButton({ label, words, onClick }: { label: string; words: string; onClick: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-sm text-ink-soft">{label}</span>
      <Button
        aria-label={`${label}: ${words}. Choose another`}
        className="max-w-full justify-between"
        onClick={onClick}
      >
        <span className="truncate">{words}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </Button>
    </div>
  )
}

type SettingsProps = OperandEditorProps & { operand: Operand; set: (change: Partial<Operand>) => void }

function OperandSettings(props: SettingsProps) {
  const { edit, operand, set } = props
  const { core } = operand
  const spec = core.kind === "call" ? functionCatalogue.get(core.name) : undefined
  const outputs = modelOutputs(core, edit) ?? spec?.outputs ?? []
  const isEmpty = core.kind !== "call" && props.isInner && !operand.timeframe && !operand.candlesAgo
  if (isEmpty || (core.kind === "name" && core.name === "position")) return null
  return (
    <div className="flex flex-col gap-2 border-l border-line pl-3">
      {core.kind === "call" &&
        spec?.arguments.map((argument, n) => (
          <ArgumentEdit key={argument.name} {...props} core={core} argument={argument} at={n} />
        ))}
      {outputs.length > 0 && (
        <Select
          label="Which of its values"
          value={operand.output ?? outputs[0]}
          choices={outputs.map((value) => ({ value, label: value }))}
          onChange={(output) => set({ output })}
        />
      )}
      {(!props.isInner || operand.timeframe || operand.candlesAgo) && (
        <WhenEdit edit={edit} operand={operand} set={set} />
      )}
    </div>
  )
}

/** What a forecast of the strategy can answer. A regime is one number, and nothing of it can be chosen. */
function modelOutputs(core: Formula, { document: { models = {} } }: Edit): readonly string[] | undefined {
  const call = modelCallOf(core)
  if (call?.asks !== "forecast" || !Object.hasOwn(models, call.model)) return undefined
  return outputsOf(models[call.model])
}

/** On whose candles a value is taken, and how many of them ago. */
function WhenEdit({ edit, operand, set }: Pick<SettingsProps, "edit" | "operand" | "set">) {
  return (
    <div className="grid grid-cols-2 gap-2">
      <Select
        label="On candles of"
        value={operand.timeframe ?? ""}
        choices={timeframeChoices(edit)}
        onChange={(timeframe) => set({ timeframe: (timeframe || undefined) as Timeframe | undefined })}
      />
      <NumberField
        label="Candles ago"
        value={operand.candlesAgo ?? 0}
        min={0}
        max={10_000}
        onChange={(candles) => set({ candlesAgo: Math.round(candles) || undefined })}
      />
    </div>
  )
}

/** The strategy's own timeframe, and those above it. */
function timeframeChoices({ document }: Edit) {
  const own = timeframesMs[document.timeframe]
  const longer = (Object.keys(timeframesMs) as Timeframe[]).filter((name) => timeframesMs[name] > own)
  return [
    { value: "", label: `${document.timeframe} (its own)` },
    ...longer.map((name) => ({ value: name, label: name })),
  ]
}

type ArgumentEditProps = SettingsProps & {
  core: Extract<Formula, { kind: "call" }>
  argument: FunctionArgument
  at: number
}

function ArgumentEdit(props: ArgumentEditProps) {
  const { edit, core, argument, at, set, isExit, onAdjustable } = props
  const label = argumentLabel(argument.name)
  const given = core.arguments[at] ?? usualArgument(argument)
  const put = (formula: Formula) => {
    const known = functionCatalogue.get(core.name)!.arguments
    const all = known
      .slice(0, Math.max(core.arguments.length, at + 1))
      .map((each, n) => core.arguments[n] ?? usualArgument(each))
    set({ core: { ...core, arguments: all.with(at, formula) } })
  }
  if (argument.kind === "average")
    return (
      <Select
        label={label}
        value={given.kind === "text" ? given.text : argument.default}
        choices={Object.keys(averageKinds).map((value) => ({ value, label: value.toUpperCase() }))}
        onChange={(text) => put({ kind: "text", text, at: 0 })}
      />
    )
  if (argument.kind === "series")
    return (
      <OperandEditor
        edit={edit}
        label={label}
        formula={given}
        meaning={{ label, min: -1e12, max: 1e12, isWhole: false }}
        isExit={isExit}
        isInner
        onChange={put}
        onAdjustable={onAdjustable}
      />
    )
  return (
    <NumberEdit
      edit={edit}
      meaning={{ label, min: argument.min, max: argument.max, isWhole: argument.kind === "integer" }}
      value={given.kind === "name" ? given.name : (numberOf(given) ?? argument.min)}
      onChange={(value) => put(numberFormula(value))}
      onAdjustable={core.arguments[at] && (() => onAdjustable(given.kind === "unary" ? given.of.at : given.at))}
    />
  )
}

function usualArgument(argument: FunctionArgument): Formula {
  if (argument.kind === "average") return { kind: "text", text: argument.default, at: 0 }
  if (argument.kind === "series") return nameFormula(argument.default ?? "close")
  return numberFormula(argument.default ?? argument.min)
}

function argumentLabel(name: string): string {
  if (name === "source") return "Of"
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
