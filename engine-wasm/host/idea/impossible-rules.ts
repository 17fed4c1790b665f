import type { Condition, Relation } from "./reading/condition.ts"
import type { Operand } from "./reading/operand.ts"

type Bounds = { least: number; most: number }

/** Whether conditions that must all hold never can: an RSI above 70 and below 30. */
export function canNeverHold(conditions: readonly Condition[]): boolean {
  const bounds = new Map<string, Bounds>()
  const ways = new Map<string, Set<boolean>>()
  for (const condition of conditions.flatMap(parts)) {
    if (condition.kind !== "compare") continue
    if (condition.right.name !== "number") {
      if (isStrict(condition.relation))
        addTo(ways, JSON.stringify([condition.left, nearest(condition)]), isUp(condition.relation))
      continue
    }
    const key = keyOf(condition.left)
    bounds.set(key, narrowed(bounds.get(key) ?? scaleOf(condition.left), condition.relation, condition.right.value!))
  }
  const isOnBothSides = [...ways.values()].some(({ size }) => size > 1)
  return isOnBothSides || [...bounds.values()].some(({ least, most }) => least >= most)
}

/** "3 % above the average" is above it: a distance on the side of its word leaves the line itself between. */
function nearest({ right, relation }: Extract<Condition, { kind: "compare" }>): Operand {
  const off = right.percentOff ?? 0
  return off !== 0 && off > 0 === isUp(relation) ? { ...right, percentOff: undefined } : right
}

function addTo(ways: Map<string, Set<boolean>>, key: string, way: boolean) {
  ways.set(key, new Set(ways.get(key)).add(way))
}

function isStrict(relation: Relation): boolean {
  return relation === ">" || relation === "<"
}

function isUp(relation: Relation): boolean {
  return relation === ">" || relation === ">=" || relation === "crossover"
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
  return isUp(relation) ? { least: Math.max(least, limit), most } : { least, most: Math.min(most, limit) }
}
