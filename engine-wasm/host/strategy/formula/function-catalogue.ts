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

/** Every function of the formula language, under the heading a trader looks for it. */
export const functionFamilies: readonly { title: string; functions: readonly FunctionSpec[] }[] = [
  { title: "Averages", functions: averages },
  { title: "Momentum", functions: momentum },
  { title: "Trend", functions: trend },
  { title: "Volatility", functions: volatility },
  { title: "Volume", functions: volume },
  { title: "Statistics", functions: statistics },
  { title: "Cycles", functions: cycle },
  { title: "Price of a candle", functions: price },
  { title: "Crossing and time", functions: crossing },
  { title: "Candle patterns", functions: patterns },
  { title: "Maths", functions: maths },
]

/** Every function of the formula language, by name. */
export const functionCatalogue: ReadonlyMap<string, FunctionSpec> = new Map(
  functionFamilies.flatMap(({ functions }) => functions).map((spec) => [spec.name, spec]),
)
