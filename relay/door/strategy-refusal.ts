import type { StrategyProblem } from "#engine/strategy"

/** What is wrong with a strategy in a sentence: the first problem with its place, and how many more there are. */
export function problemsInWords(problems: readonly StrategyProblem[]): string {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ""
  const place = first.path === "" ? "" : `${first.path}${placeOf(first)}: `
  return `${place}${first.because}${more}`
}

/** Counted from 1, as in editors: a line of code, a character of a formula. */
function placeOf({ character, line }: StrategyProblem): string {
  if (line !== undefined) return `, line ${line}`
  return character === undefined ? "" : `, character ${character + 1}`
}
