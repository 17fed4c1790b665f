import { type RobustnessLight, robustnessQuestions, type RobustnessVerdict } from "#engine/result"
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react"
import { classNames } from "../../../ui/class-names.ts"
import { FoundPart } from "../found-part.tsx"

const looks = {
  good: { Icon: CircleCheck, ink: "text-gain", word: "Yes" },
  doubtful: { Icon: TriangleAlert, ink: "text-warn", word: "Doubtful" },
  bad: { Icon: CircleX, ink: "text-loss", word: "No" },
}

type ShakenLightsProps = { lights: readonly RobustnessLight[]; verdict: RobustnessVerdict }

/** The questions put to these values over the whole period, each with its answer and reason. */
export function ShakenLights({ lights, verdict }: ShakenLightsProps) {
  return (
    <FoundPart title="The best values, asked over the whole period">
      <p className="max-w-[72ch] text-ink">{verdict.headline}</p>
      <p className="max-w-[72ch] text-sm text-ink-soft">
        These values were chosen on most of these candles, so they look better here than they are. The verdict at the
        top takes the whole search into account.
      </p>
      <ul aria-label="Questions" className="flex flex-col border-b border-line">
        {lights.map(({ id, level, because }) => {
          const { Icon, ink, word } = looks[level]
          return (
            <li
              key={id}
              data-light={id}
              data-level={level}
              className="flex items-start gap-3 border-t border-line py-2"
            >
              <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", ink)} />
              <div className="min-w-0">
                <p className="text-ink">
                  {robustnessQuestions[id]} <span className={classNames("font-medium", ink)}>{word}</span>
                </p>
                <p className="max-w-[72ch] text-sm text-ink-soft">{because}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </FoundPart>
  )
}
