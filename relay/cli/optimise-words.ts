import { formatNumber, isoTime, plainText } from "#engine/candles"
import { metricDefinitions, robustnessQuestions } from "#engine/result"
import type { Optimisation, OptimiseNews, RuleVariant, TrialRow } from "#engine/run"
import { table } from "./answer.ts"
import { metricInWords } from "./metric-in-words.ts"

/** Rows of the printed table; the JSON has more. */
const SHOWN_ROWS = 10

const stageWords: Record<OptimiseNews["stage"], string> = {
  search: "searching",
  coinFlips: "searching where there is nothing to find",
  overfitting: "measuring how much chance chose",
  walkForward: "walking forward",
  heldOut: "opening the locked-away part",
  robustness: "shaking it",
}

/** How far a search is, in a line. */
export function progressWords({ stage, share, evaluated, toEvaluate }: OptimiseNews): string {
  return `${Math.floor(100 * share)} % · ${stageWords[stage]} · ${formatNumber(evaluated)} of ${formatNumber(toEvaluate)} combinations`
}

/** What a search found, as text: what to make of it first, then the best as a table. */
export function wordsOf(found: Optimisation, variants: readonly RuleVariant[]): string {
  const { verdict, best, plateau, trials, training, robustness } = found
  const names = Object.keys(best.params)
  const rules = (row: TrialRow) => (variants.length > 1 ? [plainText(variants[row.variant].inWords, 60)] : [])
  return [
    `${verdict.headline}\n`,
    ...verdict.because.map((reason) => `  · ${reason}\n`),
    ...(robustness
      ? [`\nWhat else was asked of the best (values chosen on most of these candles look better here than they are):\n`]
      : []),
    ...(robustness?.lights.map(({ id, because }) => `  ${robustnessQuestions[id]} ${because}\n`) ?? []),
    `\nChosen on ${isoTime(training.fromMs)} to ${isoTime(training.toMs)}, best first:\n\n`,
    table([
      [...names, ...shownFigures.map(({ label }) => label), ...(variants.length > 1 ? ["Rules"] : [])],
      ...trials.slice(0, SHOWN_ROWS).map((row) => [...cells(row, names), ...rules(row)]),
    ]),
    plateau.chosen.row.number === best.number || !(plateau.chosen.row.score! > 0)
      ? ""
      : `\nA calmer choice, whose neighbours are good too: ${valuesInWords(plateau.chosen.row, names)}\n`,
    found.evaluated > SHOWN_ROWS
      ? `\n${formatNumber(found.evaluated)} combinations were tried; --json lists the best ${trials.length}.\n`
      : "",
  ].join("")
}

const shownFigures = metricDefinitions.filter(({ key }) =>
  ["totalReturnPercent", "maxDrawdownPercent", "sharpe", "tradeCount", "profitFactor"].includes(key),
)

function cells({ params, figures }: TrialRow, names: string[]): string[] {
  const shown = shownFigures.map(({ key, unit }) => metricInWords(figures[key as keyof typeof figures], unit))
  return [...names.map((name) => String(params[name])), ...shown]
}

function valuesInWords({ params }: TrialRow, names: string[]): string {
  return names.map((name) => `${plainText(name)} ${String(params[name])}`).join(", ")
}
