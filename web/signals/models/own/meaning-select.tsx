import type { ColumnReading } from "#engine/run"
import { Select } from "../../../ui/select.tsx"

/** What the numbers of a column are said to be; a guess, until somebody says it. */
export type Meaning = ColumnReading | "guess"

const choices: { value: Meaning; label: string }[] = [
  { value: "guess", label: "A guess, by the numbers" },
  { value: "probability", label: "Probability of a rise, 0 to 1" },
  { value: "percent", label: "Expected return, percent" },
  { value: "sign", label: "Score, above 0 is a rise" },
]

type MeaningSelectProps = { value: Meaning; onChange: (meaning: Meaning) => void }

/** Asks what the numbers are: nobody can see it for sure. */
export function MeaningSelect({ value, onChange }: MeaningSelectProps) {
  return (
    <div className="w-64 max-w-full">
      <Select
        label="Its numbers are"
        value={value}
        choices={choices}
        onChange={(meaning) => onChange(meaning as Meaning)}
      />
    </div>
  )
}

/** What was asked of a column, where a guess is nothing that was said. */
export function saidMeaning(meaning: Meaning): { reading?: ColumnReading } {
  return meaning === "guess" ? {} : { reading: meaning }
}
