import type { FunctionSpec } from "./function-spec.ts"
import { averages } from "./functions/averages.ts"
import { maths } from "./functions/maths.ts"

/** Every function of the formula language, by name. */
export const functionCatalogue: ReadonlyMap<string, FunctionSpec> = new Map(
  [averages, maths].flat().map((spec) => [spec.name, spec]),
)
