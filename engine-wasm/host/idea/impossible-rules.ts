import type { Condition, Relation } from "./reading/condition.ts"
import type { Operand } from "./reading/operand.ts"

type Bounds = { least: number; most: number }

/** Whether conditions that must all hold never can: an RSI above 70 and below 30. */
export function canNeverHold(conditions: readonly Condition[]): boolean {
  const bounds = new Map<string, Bounds>()
  for (const condition of conditions.flatMap(parts)) {
    if (condition.kind !== "compare" || condition.right.name !== "number") continue
    const key = keyOf(condition.left)
    bounds.set(key, narrowed(bounds.get(key) ?? scaleOf(condition.left), condition.relation, condition.right.value!))
  }
  return [...bounds.values()].some(({ least, most }) => least >= most)
}

const hundred = new Set(["rsi", "stoch", "stochf", "stochRsi", "mfi", "ultosc", "adx", "adxr", "dx", "choppiness"])

/** Where a value can be at all: no RSI is below 0. */
function scaleOf({ name, source }: Operand): Bounds {
  if (name === "willr") return { least: -100, most: 0 }
  if (name === "volume") return { least: 0, most: Infinity }
  return hundred.has(name) && source !== "volume" ? { least: 0, most: 100 } : { least: -Infinity, most: Infinity }
}

function parts(condition: Condition): Condition[] {
  return condition.kind === "joined" && condition.join === "and" ? condition.of.flatMap(parts) : [condition]
}

function keyOf({ name, numbers, output, source, ago, timeframe }: Operand): string {
  return JSON.stringify([name, numbers, output, source, ago, timeframe])
}

function narrowed({ least, most }: Bounds, relation: Relation, limit: number): Bounds {
  const isUp = relation === ">" || relation === ">=" || relation === "crossover"
  return isUp ? { least: Math.max(least, limit), most } : { least, most: Math.min(most, limit) }
}
