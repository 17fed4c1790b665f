import { useState } from "react"
import type { SearchMethodName } from "#engine/run"
import { Field, inputClass } from "../../ui/field.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { Select } from "../../ui/select.tsx"
import { WhatIsThis } from "../../what-is-this.tsx"
import { knownObjectives, objectiveName } from "../score-words.ts"
import { isNamedObjective, objectiveProblem, searchBounds, type SearchChoice } from "./search-choice.ts"

type SettingsProps = { choice: SearchChoice; method: SearchMethodName; onChange: (choice: SearchChoice) => void }

const OWN = "own"

/** What is best, what does not count, and how combinations are chosen. */
export function SearchSettings({ choice, method, onChange }: SettingsProps) {
  const set = (part: Partial<SearchChoice>) => onChange({ ...choice, ...part })
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
      <Goal choice={choice} onChange={onChange} />
      <Select
        label="And also"
        about={<WhatIsThis term="front" />}
        value={choice.second}
        choices={[
          { value: "", label: "Nothing else" },
          { value: "maxDrawdownPercent", label: objectiveName("maxDrawdownPercent") },
          ...named.filter(({ value }) => value !== choice.objective),
        ]}
        onChange={(second) => set({ second })}
      />
      <NumberField
        label="Fewest trades"
        about={<WhatIsThis term="fewestTrades" />}
        value={choice.fewestTrades}
        {...searchBounds.fewestTrades}
        onChange={(fewestTrades) => set({ fewestTrades: Math.round(fewestTrades) })}
      />
      <NumberField
        label="Largest dip allowed"
        about={<WhatIsThis term="dips" />}
        unit="%"
        value={choice.largestDipPercent}
        {...searchBounds.largestDipPercent}
        onChange={(largestDipPercent) => set({ largestDipPercent })}
      />
      <NumberField
        label="Locked away, at the end"
        about={<WhatIsThis term="heldOut" />}
        unit="%"
        value={choice.holdOutPercent}
        {...searchBounds.holdOutPercent}
        onChange={(holdOutPercent) => set({ holdOutPercent })}
      />
      <Select
        label="How to search"
        about={<WhatIsThis term="search" />}
        value={choice.method}
        choices={methods}
        onChange={(chosen) => set({ method: chosen as SearchChoice["method"] })}
      />
      {method !== "grid" && (
        <>
          <NumberField
            label="Combinations to try"
            about={<WhatIsThis term="trials" />}
            value={choice.trials}
            {...searchBounds.trials}
            onChange={(trials) => set({ trials: Math.round(trials) })}
          />
          <NumberField
            label="Seed of chance"
            value={choice.seed}
            {...searchBounds.seed}
            onChange={(seed) => set({ seed: Math.round(seed) })}
          />
        </>
      )}
    </div>
  )
}

const named = knownObjectives.map((value) => ({ value, label: objectiveName(value) }))

const methods: { value: SearchChoice["method"]; label: string }[] = [
  { value: "fitting", label: "As it fits" },
  { value: "grid", label: "All of them (grid)" },
  { value: "random", label: "By chance (random)" },
  { value: "tpe", label: "Near good ones (TPE)" },
  { value: "cmaes", label: "A moving cloud (CMA-ES)" },
]

/** What is best: one of the known, or a formula, which counts as soon as it can be read. */
function Goal({ choice, onChange }: Omit<SettingsProps, "method">) {
  const isOwn = !isNamedObjective(choice.objective)
  const [typed, setTyped] = useState(isOwn ? choice.objective : "sharpe - 0.05 * maxDrawdownPercent")
  const problem = isOwn ? objectiveProblem(typed) : undefined
  const choose = (objective: string) => onChange({ ...choice, objective: objective === OWN ? typed : objective })
  const type = (text: string) => {
    setTyped(text)
    if (objectiveProblem(text) === undefined) onChange({ ...choice, objective: text })
  }
  return (
    <div className="flex flex-col gap-2">
      <Select
        label="Look for the best"
        about={<WhatIsThis term="objective" />}
        value={isOwn ? OWN : choice.objective}
        choices={[...named, { value: OWN, label: "A formula of mine" }]}
        onChange={choose}
      />
      {isOwn && (
        <Field label="Formula: the larger, the better" problem={problem}>
          {(ids) => (
            <input
              {...ids}
              spellCheck={false}
              autoComplete="off"
              className={`${inputClass} font-mono`}
              value={typed}
              onChange={(event) => type(event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  )
}
