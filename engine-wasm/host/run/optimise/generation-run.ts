import { Halving } from "../search/halving.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { judgeOf, type Judge, type Judged } from "./judge.ts"
import type { FiguresAnswer, OptimisePlan, SearchTerms, Stretch, TaskRunner } from "./optimise-task.ts"

/** Combinations of one task: few enough that progress shows, enough that what they share is computed once. */
const SHARD = 512

export type Search = { terms: SearchTerms; plan: OptimisePlan; stretch: Stretch; signal?: AbortSignal }

/** Combinations asked for at once, run and judged; one that halving stopped early has no figures. */
export type Generation = Judged & { refused: FiguresAnswer["refused"] }

/** How one generation of a search is run: as a whole, or in rungs that only the better ones climb. */
export function generationRun(runner: TaskRunner, search: Search): (numbers: Float64Array) => Promise<Generation> {
  const judge = judgeOf(search.plan)
  const isInRungs = search.plan.halving && search.stretch.fromMs !== undefined && search.stretch.toMs !== undefined
  return (numbers) =>
    isInRungs ? climbed(runner, search, { numbers, judge }) : whole(runner, search, { numbers, judge })
}

type Asked = { numbers: Float64Array; judge: Judge }

async function whole(runner: TaskRunner, search: Search, { numbers, judge }: Asked): Promise<Generation> {
  const { figures, refused } = await inShards(runner, search, numbers)
  return { ...judge(numbers, figures), refused }
}

async function climbed(runner: TaskRunner, search: Search, { numbers, judge }: Asked): Promise<Generation> {
  const halving = new Halving(numbers)
  const figures = new Float64Array(numbers.length * sweepFigures.length).fill(Number.NaN)
  const refused = new Map<number, FiguresAnswer["refused"][number]>()
  for (let rung = halving.ask(); rung; rung = halving.ask()) {
    const answer = await inShards(runner, { ...search, stretch: firstPart(search.stretch, rung.share) }, rung.numbers)
    for (const one of answer.refused) refused.set(one.number, one)
    halving.tell(judge(rung.numbers, answer.figures, rung.share).places)
    if (rung.share === 1) putRows(figures, numbers, { numbers: rung.numbers, figures: answer.figures })
  }
  return { ...judge(numbers, figures), places: halving.told, refused: [...refused.values()] }
}

function firstPart(stretch: Stretch, share: number): Stretch {
  const { fromMs = 0, toMs = 0 } = stretch
  return { ...stretch, toMs: share === 1 ? toMs : Math.round(fromMs + share * (toMs - fromMs)) }
}

/** Puts the rows of some numbers where they stand among all. */
function putRows(
  figures: Float64Array,
  all: Float64Array,
  some: { numbers: Float64Array; figures: Float64Array },
): void {
  const placeOf = new Map(Array.from(all, (number, place) => [number, place]))
  const width = sweepFigures.length
  some.numbers.forEach((number, at) =>
    figures.set(some.figures.subarray(at * width, (at + 1) * width), placeOf.get(number)! * width),
  )
}

async function inShards(
  runner: TaskRunner,
  { terms, stretch, signal }: Search,
  numbers: Float64Array,
): Promise<FiguresAnswer> {
  const size = Math.min(SHARD, Math.ceil(numbers.length / runner.width))
  const shards = Array.from({ length: Math.ceil(numbers.length / size) }, (_, n) =>
    numbers.slice(n * size, (n + 1) * size),
  )
  const answers = await Promise.all(
    shards.map((shard) => runner.run({ kind: "figures", terms, stretch, numbers: shard }, signal)),
  )
  const figures = new Float64Array(numbers.length * sweepFigures.length)
  answers.forEach((answer, n) => figures.set(answer.figures, n * size * sweepFigures.length))
  return { figures, refused: answers.flatMap(({ refused }) => refused) }
}
