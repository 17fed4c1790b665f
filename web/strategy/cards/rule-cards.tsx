import { memo, useDeferredValue, useEffect, useEffectEvent, useMemo, useRef } from "react"
import {
  type PlanSentence,
  type StrategyProblem,
  strategyFromJson,
  type TestedOn,
  type WrittenStrategy,
} from "#engine/strategy"
import { useStable } from "../../ui/use-stable.ts"
import type { RulesPlace } from "../../run/setup-job.ts"
import { DangerFlags } from "../danger-flags.tsx"
import { focusPlace, type SoughtPlace } from "../sought-place.ts"
import type { Draft } from "../use-draft.ts"
import { rulesProblemsAt } from "../use-good-rules.ts"
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
  /** Where they are tested. */
  place: RulesPlace
  /** What the run of this document was refused for. */
  refused: StrategyProblem[]
  /** Whether a result is shown: of the last good rules, while these are not finished. */
  hasResult: boolean
  /** The market and the money it is tested with here. */
  testedOn: TestedOn | undefined
  /** The place somebody is led to: it opens and has the focus, and is found then. */
  sought: SoughtPlace | undefined
  onSeek: (path: string | undefined) => void
}

/** The whole strategy as cards that can be edited, with the way back, and what it does in plain words. */
export function RuleCards({ draft, place, refused, hasResult, testedOn, sought, onSeek }: RuleCardsProps) {
  const cards = useRef<HTMLDivElement>(null)
  const document = useRestedValues(draft.document)
  const change = useStable((next: WrittenStrategy, words: string) =>
    draft.change(onNewestValues(next, { shown: document, newest: draft.document }), words),
  )
  const checked = useMemo(() => strategyFromJson(document, { extra: place.extra }), [document, place])
  const words = useGoodWords(useDeferredValue(checked), testedOn)
  const problems = useMemo(() => rulesProblemsAt(place, document), [document, place])
  const edit = useMemo<Edit>(
    () => ({ document, change, problems: problems.length > 0 ? problems : refused, sought, seek: onSeek }),
    [document, change, problems, refused, sought, onSeek],
  )
  const find = useEffectEvent(({ path }: SoughtPlace) => {
    focusPlace(cards.current!, path)
    onSeek(undefined)
  })
  useEffect(() => {
    if (sought) find(sought)
  }, [sought])
  return (
    <div ref={cards} tabIndex={-1} className="flex flex-col gap-6 outline-none">
      <h2 className="text-base font-semibold">Rules</h2>
      <DangerFlags document={document} />
      <ProblemList edit={edit} hasResult={hasResult} />
      <Cards edit={edit} words={words} />
      <PlainWords words={words} isCurrent={checked.ok} />
    </div>
  )
}

const Cards = memo(function Cards({ edit, words }: { edit: Edit; words: PlanSentence[] }) {
  const card = (holds: string[]) => ({ edit, words, holds })
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
        <FoldedCard {...card(["short"])} title="Short side" part="short">
          <RuleCard
            edit={edit}
            place="short.enter"
            about="Not used. It would bet on falling prices: losses are not limited to the stake, and interest is due."
          />
          {hasShort && (
            <RuleCard edit={edit} place="short.exit" about="No condition: only the protection below buys back." />
          )}
        </FoldedCard>
        <FoldedCard {...card(["protect"])} title="Protection" part="protect">
          <ProtectCard edit={edit} />
        </FoldedCard>
        <FoldedCard {...card(["size", "orders"])} title="Size and entry" part="size">
          <SizeCard edit={edit} />
        </FoldedCard>
        <FoldedCard {...card(["add"])} title="Adding" part="add">
          <AddCard edit={edit} />
        </FoldedCard>
        <FoldedCard {...card(["limits"])} title="Limits" part="limits">
          <LimitsCard edit={edit} />
        </FoldedCard>
        <FoldedCard {...card(["series"])} title="Named values" part="meaning">
          <SeriesCard edit={edit} />
        </FoldedCard>
        <FoldedCard {...card(["params"])} title="Sliders" words={sliderWords(edit)} part="meaning">
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
