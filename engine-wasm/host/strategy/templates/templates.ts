import { bollingerBreakout } from "./bollinger-breakout.ts"
import { buyAndHold } from "./buy-and-hold.ts"
import { dca } from "./dca.ts"
import { donchianTrend } from "./donchian-trend.ts"
import { macdTrend } from "./macd-trend.ts"
import { rsiDip } from "./rsi-dip.ts"
import { smaCross } from "./sma-cross.ts"
import { supertrend } from "./supertrend.ts"
import type { StrategyTemplate } from "./template.ts"
import { zscoreReversion } from "./zscore-reversion.ts"

/** What is tested where nobody has chosen. */
export { smaCross as usualTemplate } from "./sma-cross.ts"
export type { StrategyTemplate } from "./template.ts"

/** The strategies to begin with, the easiest first. */
export const strategyTemplates: StrategyTemplate[] = [
  smaCross,
  rsiDip,
  bollingerBreakout,
  donchianTrend,
  macdTrend,
  supertrend,
  zscoreReversion,
  dca,
  buyAndHold,
]
