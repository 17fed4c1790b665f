import { grid } from "./grid.ts"
import { momentumRotation } from "./momentum-rotation.ts"
import { rebalance } from "./rebalance.ts"
import type { StrategyTemplate } from "./template.ts"

/**
 * Strategies to begin with that rules cannot say: they change the size of a position they hold. They run on an engine
 * of their own (`loadCodeEngine`).
 */
export const codeTemplates: StrategyTemplate[] = [grid, rebalance, momentumRotation]
