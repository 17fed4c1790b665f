import { Search } from "lucide-react"
import { useRef } from "react"
import type { ShownParam } from "../../run/template-of.ts"
import { Button } from "../../ui/button.tsx"
import { formatPercent } from "../../ui/number-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { WhatIsThis } from "../../what-is-this.tsx"
import { type Effort, effortWords } from "./effort.ts"
import { RuleChoices } from "./rule-choices.tsx"
import { SearchSettings } from "./search-settings.tsx"
import type { Choices } from "./use-choices.ts"
import { VaryRow } from "./vary-row.tsx"

type ChoosePanelProps = {
  choices: Choices
  /** How much that is; unknown while the search cannot start. */
  effort: Effort | undefined
  /** Why the search cannot start as it is. */
  because: string | undefined
  onStart: () => void
}

/** What to vary, how much that is, and one button; everything else is folded away. */
export function ChoosePanel({ choices, effort, because, onStart }: ChoosePanelProps) {
  const { params, vary, setVary, search, setSearch } = choices
  const panel = useRef<HTMLElement>(null)
  const start = () => (panel.current && shownMistake(panel.current)) || onStart()
  return (
    <section ref={panel} aria-label="What to try" className="flex flex-col gap-4">
      <h2 className="flex items-center gap-1 text-base font-semibold">
        What to try <WhatIsThis term="search" />
      </h2>
      <ul className="grid gap-x-10 border-b border-line md:grid-cols-2">
        {params.map((param: ShownParam) => (
          <VaryRow
            key={param.name}
            param={param}
            choice={vary[param.name]}
            onChange={(choice) => setVary({ ...vary, [param.name]: choice })}
          />
        ))}
      </ul>
      {choices.canName && <NumbersOfRules choices={choices} hasParams={params.length > 0} />}
      <details className="border-b border-line pb-3">
        <summary className="inline-flex min-h-8 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
          More settings
        </summary>
        <div className="flex flex-col gap-6 pt-3">
          <SearchSettings choice={search} method={effort?.method ?? "grid"} onChange={setSearch} />
          <RuleChoices choices={choices} />
        </div>
      </details>
      <div className="flex flex-col items-start gap-3">
        <p data-testid="effort" className="max-w-[72ch] text-ink-soft tabular-nums">
          {effort && effortWords(effort)} {search.holdOutPercent > 0 && lockedWords(search.holdOutPercent)}
        </p>
        {because && <Notice kind="warn">{because}</Notice>}
        <Button
          look="primary"
          icon={<Search aria-hidden className="size-4" />}
          disabled={because !== undefined}
          onClick={start}
        >
          Find good values
        </Button>
      </div>
    </section>
  )
}

/** Leads to a field whose text is no value: what it had before is not what the person sees. False where there is none. */
function shownMistake(panel: HTMLElement): boolean {
  const field = panel.querySelector<HTMLElement>('[aria-invalid="true"]')
  field?.closest("details")?.setAttribute("open", "")
  field?.focus()
  return field !== null
}

function lockedWords(percent: number): string {
  return `The last ${formatPercent(percent, 0)} of the candles stay locked away and are looked at once, at the end.`
}

/** Numbers that stand in the rules themselves can be varied as soon as they have names. */
function NumbersOfRules({ choices, hasParams }: { choices: Choices; hasParams: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="max-w-[60ch] text-sm text-ink-soft">
        {hasParams
          ? "More numbers are written in the rules themselves."
          : "The numbers of this strategy are written in its rules. With a name each they can be varied; your strategy stays as it is until you use what was found."}
      </p>
      <Button onClick={() => void choices.nameNumbers()}>{hasParams ? "Vary them too" : "Vary its numbers"}</Button>
    </div>
  )
}
