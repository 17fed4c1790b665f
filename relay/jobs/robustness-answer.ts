import { isoTime } from "#engine/candles"
import type { Robustness } from "#engine/run"
import { periodJson, walkJson } from "./walk-json.ts"

/** A finished test of robustness as JSON; times are in ISO 8601, UTC. */
export function robustnessAnswer({ walkForward, startDates, verdict, lights, ...found }: Robustness) {
  return {
    verdict,
    lights,
    walkForward: walkForwardJson(walkForward),
    monteCarlo: found.monteCarlo,
    ruinCash: found.ruinCash,
    costs: found.costs,
    randomEntry: found.randomEntry ?? { pValue: null },
    startDates: {
      ...startDates,
      runs: startDates.runs.map(({ fromMs, ...run }) => ({ from: isoTime(fromMs), ...run })),
    },
    regimes: found.regimes,
    otherMarkets: found.otherMarkets,
  }
}

/** Null for a history too short to cut: the field is always there. */
function walkForwardJson(walked: Robustness["walkForward"]) {
  if (!walked) return null
  if (walked.kind !== "fixed") return { kind: walked.kind, ...walkJson(walked) }
  return { ...walked, parts: walked.parts.map(({ period, ...part }) => ({ ...periodJson(period), ...part })) }
}
