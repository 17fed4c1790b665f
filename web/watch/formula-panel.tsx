import { X } from "lucide-react"
import { useState } from "react"
import { Button, IconButton } from "../ui/button.tsx"
import { Switch } from "../ui/switch.tsx"
import { TextField } from "../ui/text-field.tsx"
import type { Indicator } from "./chart-update.ts"
import type { FormulaProblem } from "./board-chart.ts"

const presets: { name: string; indicators: Indicator[] }[] = [
  { name: "Average of 20", indicators: [{ formula: "sma(close, 20)", pane: "price" }] },
  { name: "EMA 50", indicators: [{ formula: "ema(close, 50)", pane: "price" }] },
  {
    name: "Bollinger bands",
    indicators: [
      { formula: "bbands(close, 20).upper", pane: "price" },
      { formula: "bbands(close, 20).lower", pane: "price" },
    ],
  },
  { name: "RSI", indicators: [{ formula: "rsi(close, 14)", pane: "own" }] },
]

type FormulaPanelProps = {
  indicators: Indicator[]
  problems: FormulaProblem[]
  onChange: (indicators: Indicator[]) => void
}

/** The lines on the chart, each a formula of the language of strategies. Computed by the engine that tests them. */
export function FormulaPanel({ indicators, problems, onChange }: FormulaPanelProps) {
  const add = (added: Indicator[]) =>
    onChange([...indicators.filter((each) => !added.some(({ formula }) => formula === each.formula)), ...added])
  const missing = presets.filter(
    ({ indicators: lines }) => !lines.every(({ formula }) => indicators.some((each) => each.formula === formula)),
  )
  return (
    <section aria-labelledby="formulas-title" className="flex flex-col gap-3">
      <h3 id="formulas-title" className="text-base font-semibold">
        Lines on the chart
      </h3>
      <ul className="flex flex-col gap-2 empty:hidden">
        {indicators.map((each) => (
          <FormulaRow
            key={each.formula}
            indicator={each}
            problem={problems.find(({ formula }) => formula === each.formula)}
            onRemove={() => onChange(indicators.filter((other) => other !== each))}
          />
        ))}
      </ul>
      <FormulaForm onAdd={(added) => add([added])} />
      <div className="flex flex-wrap gap-2">
        {missing.map(({ name, indicators: lines }) => (
          <Button key={name} look="plain" onClick={() => add(lines)}>
            + {name}
          </Button>
        ))}
      </div>
    </section>
  )
}

function FormulaForm({ onAdd }: { onAdd: (indicator: Indicator) => void }) {
  const [formula, setFormula] = useState("")
  const [isOwn, setOwn] = useState(false)
  const submit = () => {
    if (formula.trim() === "") return
    onAdd({ formula: formula.trim(), pane: isOwn ? "own" : "price" })
    setFormula("")
  }
  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={(event) => (event.preventDefault(), submit())}>
      <div className="min-w-48 grow">
        <TextField
          label="A formula, such as highest(high, 20)"
          value={formula}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={setFormula}
        />
      </div>
      <Switch label="In a pane of its own" checked={isOwn} onChange={setOwn} />
      <Button type="submit" disabled={formula.trim() === ""}>
        Draw it
      </Button>
    </form>
  )
}

function FormulaRow({
  indicator: { formula, pane },
  problem,
  onRemove,
}: {
  indicator: Indicator
  problem: FormulaProblem | undefined
  onRemove: () => void
}) {
  return (
    <li className="flex items-center justify-between gap-3">
      <div className="flex min-w-0 flex-col">
        <span className="wrap-anywhere">
          <code className="font-mono text-ink-strong">
            {problem ? <MarkedFormula formula={formula} character={problem.character} /> : formula}
          </code>{" "}
          {pane === "own" && <span className="text-sm text-ink-soft">below the prices</span>}
        </span>
        {problem && (
          <span role="alert" className="text-sm text-loss">
            Not drawn{problem.character === undefined ? "" : `, because of character ${problem.character + 1}`}:{" "}
            {problem.problem}
          </span>
        )}
      </div>
      <IconButton label={`Remove ${formula}`} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </li>
  )
}

/** The formula with the place of its error underlined. */
function MarkedFormula({ formula, character }: { formula: string; character: number | undefined }) {
  if (character === undefined) return formula
  return (
    <>
      {formula.slice(0, character)}
      <mark className="bg-transparent text-loss underline decoration-wavy underline-offset-4">
        {formula.slice(character) || " "}
      </mark>
    </>
  )
}
