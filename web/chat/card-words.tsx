import { useMemo } from "react"
import { planInWords, type PlanPart, type StrategyDocument, type TestedOn } from "#engine/strategy"

const groups: { title: string; parts: PlanPart[] }[] = [
  { title: "It watches", parts: ["markets", "meaning"] },
  { title: "It trades", parts: ["long", "short", "orders", "add"] },
  { title: "It protects you", parts: ["protect"] },
  { title: "It risks", parts: ["size", "limits"] },
]

/** A strategy in plain words, by what a person asks first. */
export function CardWords({ document, testedOn }: { document: StrategyDocument; testedOn?: TestedOn }) {
  const sentences = useMemo(() => planInWords(document, undefined, testedOn), [document, testedOn])
  return (
    <dl data-testid="card-words" className="flex flex-col gap-4">
      {groups.map(({ title, parts }) => {
        const own = sentences.filter(({ part }) => parts.includes(part))
        return (
          own.length > 0 && (
            <div key={title} className="grid gap-x-6 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <dt className="text-sm font-medium text-ink-soft">{title}</dt>
              <dd className="flex max-w-[64ch] flex-col gap-1 wrap-anywhere text-ink">
                {own.map(({ text }) => (
                  <p key={text} dir="auto">
                    {text}
                  </p>
                ))}
              </dd>
            </div>
          )
        )
      })}
    </dl>
  )
}
