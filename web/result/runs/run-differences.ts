import { DAY_MS, HOUR_MS } from "#engine/candles"
import { changeLine, changesInWords } from "#engine/strategy"
import type { SavedRun } from "../../db/saved-run.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import { lateness } from "../../run/setup-job.ts"
import { parseSearch } from "../../search-text.ts"
import { formatCandleDay, formatDateTime, formatDateTimeSeconds, type TimeZone } from "../../ui/date-format.ts"
import { formatMoney, formatNumber, formatShort } from "../../ui/number-format.ts"
import { sharePercent } from "../../run/settings-words.ts"

/** When a run was, and what tells it from the others of its strategy and market: nothing where it is the only one. */
export type RunDifference = { when: string; words: string }

/** Of each run of a list, by its id. */
export function runDifferences(runs: readonly SavedRun[], zone: TimeZone): Map<string, RunDifference> {
  const groups = new Map<string, SavedRun[]>()
  for (const run of runs) {
    const name = JSON.stringify([run.strategy, run.market])
    groups.set(name, [...(groups.get(name) ?? []), run])
  }
  return new Map([...groups.values()].flatMap((group) => differencesIn(group, zone)))
}

function differencesIn(group: SavedRun[], zone: TimeZone): [string, RunDifference][] {
  const minutes = group.map(({ ranAtMs }) => formatDateTime(ranAtMs, zone))
  const first = group.reduce((oldest, run) => (run.ranAtMs < oldest.ranAtMs ? run : oldest))
  const aspects = group.map((run) => [rulesWords(run, first), ...settingsOfRun(run), periodWords(run, zone)])
  const differs = aspects[0].map((_, at) => new Set(aspects.map((each) => each[at])).size > 1)
  return group.map(({ id, ranAtMs }, at) => {
    const isAlone = minutes.indexOf(minutes[at]) === minutes.lastIndexOf(minutes[at])
    const words = aspects[at].filter((text, aspect) => differs[aspect] && text !== "").join(", ")
    return [id, { when: isAlone ? minutes[at] : formatDateTimeSeconds(ranAtMs, zone), words }]
  })
}

/** What its rules and numbers changed since the first of these runs. */
function rulesWords({ detail }: SavedRun, first: SavedRun): string {
  if (!detail || !first.detail) return ""
  return changeLine(changesInWords(first.detail.document, detail.document)) || "rules as at first"
}

function settingsOfRun({ address, detail }: SavedRun): string[] {
  const setup = setupFromSearch(parseSearch(address))
  const { slippagePercent, delayCandles } = lateness(setup)
  return [
    detail ? formatMoney(detail.cash, detail.currency) : "",
    `fee ${sharePercent(setup.feePercent)}`,
    `slippage ${sharePercent(slippagePercent)}`,
    `delay ${formatNumber(delayCandles)}`,
    `${setup.fills} fills`,
    `leverage ${formatShort(setup.leverage)}×`,
    `${sharePercent(setup.unseenPercent)} unseen`,
  ]
}

/** The days it was run on. */
export function periodWords({ detail }: SavedRun, zone: TimeZone): string {
  const timesMs = detail?.curve.openTimeMs ?? []
  if (timesMs.length === 0) return ""
  // Candles of a day begin at midnight UTC, which is the evening before on many clocks.
  const lengthMs = timesMs.every((timeMs) => timeMs % DAY_MS === 0) ? DAY_MS : HOUR_MS
  const day = (timeMs: number | undefined) => formatCandleDay(timeMs, lengthMs, zone)
  return `${day(timesMs[0])} to ${day(timesMs.at(-1))}`
}
