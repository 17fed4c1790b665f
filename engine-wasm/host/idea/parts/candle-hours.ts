import { MINUTE_MS, type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Condition } from "../reading/condition.ts"

/** "Close at 16:00" on daily candles never happens, for no candle begins then: asks for shorter ones. */
export function askShorterCandles(draft: IdeaDraft, timeframe: Timeframe) {
  const hours = timeframesMs[timeframe] / (60 * MINUTE_MS)
  if (draft.rules.some(({ condition }) => isNever(condition, hours))) draft.ask("timeframe", ["1h", "15m"])
}

/** Whether an hour is asked for at which candles of so many hours never begin. */
function isNever(condition: Condition, hours: number): boolean {
  if (condition.kind === "joined" && condition.join === "and") return condition.of.some((each) => isNever(each, hours))
  const hour = condition.kind === "formula" ? /^hour == (\d+)$/.exec(condition.text)?.[1] : undefined
  return hour !== undefined && Number(hour) % Math.min(24, Math.max(1, hours)) !== 0
}
