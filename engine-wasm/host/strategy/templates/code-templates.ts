import { grid } from "./grid.ts"
import { momentumRotation } from "./momentum-rotation.ts"
import { rebalance } from "./rebalance.ts"
import type { StrategyTemplate } from "./template.ts"

/**
 * Starter strategies that rules cannot express: they change the size of an open position. They run on an engine of
 * their own (`loadCodeEngine`).
 */
export const codeTemplates: StrategyTemplate[] = [grid, rebalance, momentumRotation]
