import { Trash2 } from "lucide-react"
import { useState } from "react"
import { type StrategyParam, withValueAt, type WrittenStrategy } from "#engine/strategy"
import { IconButton } from "../../ui/button.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { formatShort } from "../../ui/number-format.ts"
import { TextField } from "../../ui/text-field.tsx"
import type { Edit } from "./edit.ts"
import { ParamEdit } from "./number-edit.tsx"
import { ProblemHere } from "./problem-here.tsx"

type WrittenParam = NonNullable<WrittenStrategy["params"]>[string]

/** Each slider with its name and how far it goes. */
export function SliderCard({ edit }: { edit: Edit }) {
  const params = Object.entries(edit.document.params ?? {})
  if (params.length === 0)
    return (
      <p className="text-sm text-ink-soft">
        None yet. Press the sliders beside any number of a rule, and it can be moved while the result follows.
      </p>
    )
  return params.map(([name, param]) => (
    <div key={name} data-place={`params.${name}`} className="flex flex-col gap-2 border-l border-line pl-3">
      <LabelField edit={edit} name={name} param={param} />
      {param.type !== "bool" && (
        <>
          <div data-place={`params.${name}.value`}>
            <ParamEdit edit={edit} name={name} />
          </div>
          <RangeFields edit={edit} name={name} param={param} />
          <ProblemHere edit={edit} path={["params", name]} />
        </>
      )}
    </div>
  ))
}

type ParamProps<Param> = { edit: Edit; name: string; param: Param }

function RangeFields({ edit: { document, change }, name, param }: ParamProps<Exclude<WrittenParam, { type: "bool" }>>) {
  const label = param.label ?? name
  const field = (key: "min" | "max" | "step", words: string, least = -1e12) => (
    <div data-place={`params.${name}.${key}`}>
      <NumberField
        label={words}
        value={param[key] ?? (param.type === "int" ? 1 : 0.1)}
        min={least}
        max={1e12}
        onChange={(value) => {
          const next = param.type === "int" ? Math.round(value) : value
          change(
            withValueAt(document, ["params", name, key], next),
            `${label}: ${words.toLowerCase()} ${formatShort(next)}`,
          )
        }}
      />
    </div>
  )
  return (
    <div className="grid grid-cols-3 gap-2">
      {field("min", "From")}
      {field("max", "To")}
      {field("step", "In steps of", param.type === "int" ? 1 : 1e-9)}
    </div>
  )
}

/** Any letters may name a slider, as long as there is something to be seen. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u

function LabelField({ edit: { document, change }, name, param }: ParamProps<StrategyParam | WrittenParam>) {
  const label = param.label ?? name
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined || seen.test(draft) ? undefined : "Write a name that can be seen."
  const isUsed = JSON.stringify({ ...document, params: undefined }).includes(name)
  return (
    <div className="flex items-end gap-1">
      <div className="min-w-0 grow">
        <TextField
          label={param.type === "bool" ? "Name of the switch" : "Name of the slider"}
          dir="auto"
          value={draft ?? label}
          problem={problem}
          maxLength={80}
          autoComplete="off"
          onChange={(text) => {
            const shown = text.replaceAll(/\p{Cc}/gu, "")
            setDraft(shown)
            if (seen.test(shown))
              change(withValueAt(document, ["params", name, "label"], shown), `${label} is now called ${shown}`)
          }}
          onBlur={() => setDraft(undefined)}
        />
      </div>
      {!isUsed && (
        <IconButton
          label={`Remove ${label}: nothing uses it`}
          onClick={() => change(withValueAt(document, ["params", name], undefined), `Removed ${label}`)}
        >
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      )}
    </div>
  )
}
