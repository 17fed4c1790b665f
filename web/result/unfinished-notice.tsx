import {
  placeInWords,
  strategyFromJson,
  type StrategyProblem,
  type WayOut,
  type WrittenStrategy,
} from "#engine/strategy"
import { ProblemWays } from "../strategy/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"

type UnfinishedNoticeProps = {
  strategy: WrittenStrategy
  problem: StrategyProblem
  /** What is tested meanwhile, as in "version 3"; undefined where nothing is. */
  meanwhile: string | undefined
  /** Opens the place. */
  onOpen: () => void
  onTake: (way: WayOut) => void
}

/** Says of a half written strategy what is missing, that it is kept, and what is tested meanwhile. */
export function UnfinishedNotice({ strategy, problem, meanwhile, onOpen, onTake }: UnfinishedNoticeProps) {
  return (
    <Notice
      kind="warn"
      action={
        <div className="flex flex-wrap gap-2">
          <Button onClick={onOpen}>Finish it</Button>
          <ProblemWays document={strategy} problem={problem} onTake={onTake} />
        </div>
      }
    >
      <span data-testid="unfinished">{unfinishedWords(strategy, problem, meanwhile)}</span>
    </Notice>
  )
}

/** "Not finished yet. When to buy, condition 3: …. Your text is kept. The result below is of version 2, …" */
export function unfinishedWords(
  strategy: WrittenStrategy,
  { path, because }: StrategyProblem,
  meanwhile: string | undefined,
): string {
  const place = placeInWords(strategy, path)
  const what = `${place === "" ? "" : `${place}: `}${because.replace(/[.!?]?$/, (end) => end || ".")}`
  const tested =
    meanwhile === undefined
      ? "The result comes as soon as it is whole."
      : `The result below is of ${meanwhile}, with your sliders, until it is whole.`
  // What is whole may still name what these markets do not have.
  const state = strategyFromJson(strategy).ok ? "It cannot be tested here yet." : "Not finished yet."
  return `${state} ${what} Your text is kept. ${tested}`
}
