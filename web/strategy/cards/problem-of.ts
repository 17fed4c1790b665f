import { type DocumentPath, pathText, type StrategyProblem } from "#engine/strategy"

/** The problem at a place of the document, the place itself or a part of it. */
export function problemAt(problems: StrategyProblem[], path: DocumentPath): StrategyProblem | undefined {
  const place = pathText([...path])
  return problems.find((problem) => problem.path === place || problem.path.startsWith(`${place}.`))
}
