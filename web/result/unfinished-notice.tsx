import { placeInWords, type StrategyProblem, type WrittenStrategy } from "#engine/strategy"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"

type UnfinishedNoticeProps = {
  strategy: WrittenStrategy
  problem: StrategyProblem
  /** What is tested meanwhile, as in "version 3"; undefined where nothing is. */
  meanwhile: string | undefined
  /** Opens the place. */
  onOpen: () => void
}

/** Says of a half written strategy what is missing, that it is kept, and what is tested meanwhile. */
export function UnfinishedNotice({ strategy, problem, meanwhile, onOpen }: UnfinishedNoticeProps) {
  return (
    <Notice kind="warn" action={<Button onClick={onOpen}>Finish it</Button>}>
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
  return `Not finished yet. ${what} Your text is kept. ${tested}`
}
