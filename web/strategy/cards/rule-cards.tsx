import { memo, useDeferredValue, useMemo } from "react"
import {
  type PlanSentence,
  problemInWords,
  type StrategyProblem,
  strategyFromJson,
  type TestedOn,
  type WrittenStrategy,
} from "#engine/strategy"
import { useStable } from "../../ui/use-stable.ts"
import { DangerFlags } from "../danger-flags.tsx"
import type { Draft } from "../use-draft.ts"
import type { Edit } from "./edit.ts"
import { FoldedCard } from "./folded-card.tsx"
import { AddCard, LimitsCard } from "./limits-card.tsx"
import { PlainWords } from "./plain-words.tsx"
import { ProblemList } from "./problem-list.tsx"
import { ProtectCard } from "./protect-card.tsx"
import { onNewestValues, useRestedValues } from "./rested-values.ts"
import { RuleCard } from "./rule-card.tsx"
import { SeriesCard } from "./series-card.tsx"
import { SizeCard } from "./size-card.tsx"
import { SliderCard } from "./slider-card.tsx"
import { useGoodWords } from "./use-good-words.ts"

export type RuleCardsProps = {
  draft: Draft
  /** What the run of this document was refused for: names that only the candles could have explained. */
  refused: StrategyProblem[]
  /** Whether a result is shown: of the last good rules, while these are not finished. */
  hasResult: boolean
  /** The market and the money it is tested with here. */
  testedOn: TestedOn | undefined
}

/** The whole strategy as cards that can be edited, with the way back, and what it does in plain words. */
export function RuleCards({ draft, refused, hasResult, testedOn }: RuleCardsProps) {
  const document = useRestedValues(draft.document)
  const change = useStable((next: WrittenStrategy, words: string) =>
    draft.change(onNewestValues(next, { shown: document, newest: draft.document }), words),
  )
  const checked = useMemo(() => strategyFromJson(document), [document])
  const words = useGoodWords(useDeferredValue(checked), testedOn)
  const edit = useMemo<Edit>(
    () => ({ document, change, problems: checked.ok ? refused : checked.problems }),
    [document, change, checked, refused],
  )
  return (
    <div className="flex flex-col gap-6">
      <h2 className="text-base font-semibold">Rules</h2>
      <DangerFlags document={document} />
      <ProblemList edit={edit} hasResult={hasResult} />
      <Cards edit={edit} words={words} />
      <PlainWords words={words} isCurrent={checked.ok} />
    </div>
  )
}

const Cards = memo(function Cards({ edit, words }: { edit: Edit; words: PlanSentence[] }) {
  const under = (start: string) => {
    const problem = edit.problems.find(({ path }) => path.startsWith(start))
    return problem && problemInWords(edit.document, problem)
  }
  const hasShort = Boolean(edit.document.short)
  return (
    <>
      <RuleCard
        edit={edit}
        place="long.enter"
        about="Not yet. Add a condition, and the strategy buys when it is true."
      />
      <RuleCard edit={edit} place="long.exit" about="No condition: only the protection below closes the position." />
      <div>
        <FoldedCard title="Short side" part="short" words={words}>
          <RuleCard
            edit={edit}
            place="short.enter"
            about="Not used. It would bet on falling prices: losses are not limited to the stake, and interest is due."
          />
          {hasShort && (
            <RuleCard edit={edit} place="short.exit" about="No condition: only the protection below buys back." />
          )}
        </FoldedCard>
        <FoldedCard title="Protection" part="protect" words={words} problem={under("protect")}>
          <ProtectCard edit={edit} />
        </FoldedCard>
        <FoldedCard title="Size and entry" part="size" words={words} problem={under("size")}>
          <SizeCard edit={edit} />
        </FoldedCard>
        <FoldedCard title="Adding" part="add" words={words} problem={under("add")}>
          <AddCard edit={edit} />
        </FoldedCard>
        <FoldedCard title="Limits" part="limits" words={words} problem={under("limits")}>
          <LimitsCard edit={edit} />
        </FoldedCard>
        <FoldedCard title="Named values" part="meaning" words={words} problem={under("series")}>
          <SeriesCard edit={edit} />
        </FoldedCard>
        <FoldedCard title="Sliders" words={sliderWords(edit)} part="meaning" problem={under("params")}>
          <SliderCard edit={edit} />
        </FoldedCard>
      </div>
    </>
  )
})

function sliderWords({ document }: Edit): PlanSentence[] {
  const labels = Object.entries(document.params ?? {}).map(([name, { label }]) => label ?? name)
  return labels.length === 0 ? [] : [{ part: "meaning", text: `${labels.join(", ")}.` }]
}
