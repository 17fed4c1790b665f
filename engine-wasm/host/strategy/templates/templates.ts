import { bollingerBreakout } from "./bollinger-breakout.ts"
import { buyAndHold } from "./buy-and-hold.ts"
import { donchianTrend } from "./donchian-trend.ts"
import { rsiDip } from "./rsi-dip.ts"
import { smaCross } from "./sma-cross.ts"
import type { StrategyTemplate } from "./template.ts"

export type { StrategyTemplate } from "./template.ts"

/** The strategies to begin with, the easiest first. */
export const strategyTemplates: StrategyTemplate[] = [smaCross, rsiDip, bollingerBreakout, donchianTrend, buyAndHold]
