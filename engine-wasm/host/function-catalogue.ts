import type { FunctionSpec } from "./function-spec.ts"
import { averages } from "./functions/averages.ts"
import { crossing } from "./functions/crossing.ts"
import { maths } from "./functions/maths.ts"
import { patterns } from "./functions/patterns.ts"

/** Every function of the formula language, by name. */
export const functionCatalogue: ReadonlyMap<string, FunctionSpec> = new Map(
  [averages, crossing, patterns, maths].flat().map((spec) => [spec.name, spec]),
)
