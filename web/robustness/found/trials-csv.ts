import { sweepFigures, type TrialRow } from "#engine/run"

type Trials = { trials: readonly TrialRow[]; names: readonly string[]; hasVariants: boolean; objective: string }

/** The trials as a table for other programs, best first; what cannot be judged is empty. */
export function trialsCsv({ trials, names, hasVariants, objective }: Trials): string {
  const head = ["rank", ...(hasVariants ? ["variant"] : []), ...names, `score (${objective})`, ...sweepFigures]
  const lines = trials.map(({ variant, params, score, figures }, at) => [
    at + 1,
    ...(hasVariants ? [variant + 1] : []),
    ...names.map((name) => params[name]),
    score,
    ...sweepFigures.map((figure) => figures[figure]),
  ])
  return [head, ...lines].map((cells) => `${cells.map(cellText).join(",")}\r\n`).join("")
}

function cellText(cell: string | number | boolean | null): string {
  if (cell === null) return ""
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
