import type { ColumnAsked } from "../../../run/column-job.ts"
import { timeOfIsoDate } from "../../../ui/date-format.ts"
import { NumberField } from "../../../ui/number-field.tsx"
import { TextField } from "../../../ui/text-field.tsx"
import { about } from "../card/term.tsx"
import { type Meaning, MeaningSelect, saidMeaning } from "./meaning-select.tsx"

/** How somebody else's numbers are judged: what they are, how far ahead they look, and until when their maker had learnt. */
export type HowJudged = { meaning: Meaning; horizonCandles: number; trainedUntil: string }

export const nothingSaid: HowJudged = { meaning: "guess", horizonCandles: 1, trainedUntil: "" }

const MOST_HORIZON = 500

type JudgedFieldsProps = { how: HowJudged; onChange: (how: HowJudged) => void }

/** Asks how one's own numbers are judged. */
export function JudgedFields({ how, onChange }: JudgedFieldsProps) {
  const change = (part: Partial<HowJudged>) => onChange({ ...how, ...part })
  return (
    <>
      <MeaningSelect value={how.meaning} onChange={(meaning) => change({ meaning })} />
      <div className="w-40">
        <NumberField
          label="Candles ahead"
          about={about("horizon")}
          value={how.horizonCandles}
          min={1}
          max={MOST_HORIZON}
          onChange={(value) => change({ horizonCandles: Math.round(value) })}
        />
      </div>
      <div className="w-48">
        <TextField
          label="It had learnt until (if it did)"
          type="date"
          value={how.trainedUntil}
          onChange={(trainedUntil) => change({ trainedUntil })}
        />
      </div>
    </>
  )
}

/** The same as a job takes it. */
export function askedHow({
  meaning,
  horizonCandles,
  trainedUntil,
}: HowJudged): Pick<ColumnAsked, "horizonCandles" | "trainedUntilMs" | "reading"> {
  return { horizonCandles, trainedUntilMs: timeOfIsoDate(trainedUntil), ...saidMeaning(meaning) }
}
