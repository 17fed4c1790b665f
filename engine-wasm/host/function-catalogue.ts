import type { FunctionSpec } from "./function-spec.ts"
import { averages } from "./functions/averages.ts"
import { crossing } from "./functions/crossing.ts"
import { maths } from "./functions/maths.ts"
import { momentum } from "./functions/momentum.ts"
import { patterns } from "./functions/patterns.ts"
import { statistics } from "./functions/statistics.ts"

/** Every function of the formula language, by name. */
export const functionCatalogue: ReadonlyMap<string, FunctionSpec> = new Map(
  [averages, momentum, crossing, statistics, patterns, maths].flat().map((spec) => [spec.name, spec]),
)
