import type { Optimisation } from "#engine/run"
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react"
import { useFocusIfLost } from "../../ui/use-focus-if-lost.ts"
import { classNames } from "../../ui/class-names.ts"

const looks = {
  ok: { Icon: CircleCheck, ink: "text-gain", word: "Holds up" },
  doubtful: { Icon: TriangleAlert, ink: "text-warn", word: "Doubtful" },
  overfitted: { Icon: CircleX, ink: "text-loss", word: "Overfitted" },
}

/** One judgement in plain words on values, and the reasons behind it. */
export function VerdictCard({ verdict, of }: { verdict: Optimisation["verdict"]; of: string }) {
  const focused = useFocusIfLost<HTMLElement>()
  const { Icon, ink, word } = looks[verdict.level]
  return (
    <section
      ref={focused}
      tabIndex={-1}
      aria-label="Verdict"
      data-verdict={verdict.level}
      className="flex flex-col gap-3 outline-none"
    >
      <div className="flex items-start gap-3">
        <Icon aria-hidden className={classNames("mt-0.5 size-7 shrink-0", ink)} />
        <div>
          <p className={classNames("text-sm font-semibold", ink)}>{word}</p>
          <h2 className="text-xl font-semibold text-ink-strong">{verdict.headline}</h2>
          <p className="text-ink-soft tabular-nums">{of}</p>
        </div>
      </div>
      <ul className="flex max-w-[72ch] list-disc flex-col gap-1 pl-15 text-ink">
        {verdict.because.map((because) => (
          <li key={because} className="-ml-5">
            {because}
          </li>
        ))}
      </ul>
    </section>
  )
}
