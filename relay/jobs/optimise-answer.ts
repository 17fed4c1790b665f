import { metricsToJson } from "#engine/result"
import type { Optimisation, RuleVariant, TrialRow } from "#engine/run"
import { robustnessAnswer } from "./robustness-answer.ts"
import { periodJson, walkJson } from "./walk-json.ts"

/** A finished optimisation as JSON, with what its variants of the rules are where there are several; times are in ISO 8601, UTC. */
export function optimiseAnswer(
  { best, trials, heldOut, walkForward, coinFlips, plateau, ...rest }: Optimisation,
  variants: readonly RuleVariant[] = [],
) {
  const { row, neighboursMedian } = plateau.chosen
  return {
    best: { params: best.params, variant: best.variant, score: best.score, metrics: metricsToJson(best.metrics) },
    trials: trials.map(trialJson),
    ...(variants.length > 1 ? { variants } : {}),
    evaluated: rest.evaluated,
    combinations: rest.combinations,
    refused: rest.refused,
    training: periodJson(rest.training),
    heldOut: heldOut && {
      ...periodJson(heldOut),
      metrics: metricsToJson(heldOut.metrics),
      holdingReturnPercent: heldOut.holdingReturnPercent,
      pValue: heldOut.pValue,
    },
    deflatedSharpe: rest.deflatedSharpe,
    pbo: rest.pbo,
    comparedTrials: rest.comparedTrials,
    plateau: {
      params: row.params,
      variant: row.variant,
      score: row.score,
      neighboursMedian,
      bestIsSpike: plateau.isSpike,
    },
    heatMaps: rest.heatMaps.map(({ x, y, xValues, yValues, best, mean, count }) => ({
      x,
      y,
      xValues,
      yValues,
      best: Array.from(best, finite),
      mean: Array.from(mean, finite),
      count: [...count],
    })),
    coinFlips: coinFlips && {
      ...coinFlips,
      scores: Array.from(coinFlips.scores, finite),
      score: finite(coinFlips.score),
    },
    walkForward: { rolling: walkJson(walkForward.rolling), anchored: walkJson(walkForward.anchored) },
    front: rest.front?.map(trialJson),
    verdict: rest.verdict,
    robustness: rest.robustness && robustnessAnswer(rest.robustness),
  }
}

/** The figures beside the params, as rows of `candlewright sweep --json` have them. */
function trialJson({ params, variant, score, figures }: TrialRow) {
  const written = Object.entries(figures).map(([name, value]) => [name, value === Infinity ? "Infinity" : value])
  return { params, variant, score, metrics: Object.fromEntries(written) as Record<string, number | string | null> }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
