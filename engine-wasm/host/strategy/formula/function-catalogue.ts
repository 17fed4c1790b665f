import type { FunctionSpec } from "./function-spec.ts"
import { averages } from "../functions/averages.ts"
import { crossing } from "../functions/crossing.ts"
import { cycle } from "../functions/cycle.ts"
import { maths } from "../functions/maths.ts"
import { momentum } from "../functions/momentum.ts"
import { patterns } from "../functions/patterns.ts"
import { price } from "../functions/price.ts"
import { statistics } from "../functions/statistics.ts"
import { trend } from "../functions/trend.ts"
import { volatility } from "../functions/volatility.ts"
import { volume } from "../functions/volume.ts"

/** Every function of the formula language, by name. */
export const functionCatalogue: ReadonlyMap<string, FunctionSpec> = new Map(
  [averages, momentum, trend, volatility, volume, statistics, cycle, price, crossing, patterns, maths]
    .flat()
    .map((spec) => [spec.name, spec]),
)
