import { ConditionKind } from "../../../assembly/sweep/sweep-word.ts"
import type { SweepConditions } from "./sweep-conditions.ts"

/** Making a coarse column takes as long as the comparisons of so many it saves. */
const WORTH_A_COLUMN = 2

/**
 * Columns that are compared with each other, which the engine makes coarse together (assembly/sweep/coarse-columns.ts),
 * where they are compared often enough.
 */
export class CoarseGroups {
  /** How many groups there are, then of each how many columns it has, and their registers. */
  readonly words: Int32Array
  readonly #numbers = new Map<number, number>()
  /** To another register of the same group, nearer to its first. */
  readonly #linked = new Map<number, number>()

  constructor(conditions: SweepConditions, uses: Int32Array, registerOf: (register: number) => number) {
    const orders = ordersOf(conditions, uses)
    for (const { a, b } of orders) this.#linked.set(this.#firstOf(a), this.#firstOf(b))
    const groups = this.#worthy(orders)
    for (const register of groups.flat()) this.#numbers.set(register, this.#numbers.size)
    const words = groups.flatMap((group) => [group.length, ...group.map(registerOf)])
    this.words = Int32Array.from([groups.length, ...words])
  }

  /** How many coarse columns there are. */
  get count(): number {
    return this.#numbers.size
  }

  /** The number of the register's coarse column; -1: it has none. */
  numberOf(register: number): number {
    return this.#numbers.get(register) ?? -1
  }

  #firstOf(register: number): number {
    const next = this.#linked.get(register) ?? register
    if (next === register) return register
    const first = this.#firstOf(next)
    this.#linked.set(register, first)
    return first
  }

  #worthy(orders: readonly { a: number; b: number }[]): number[][] {
    const groups = new Map<number, { registers: Set<number>; orders: number }>()
    for (const { a, b } of orders) {
      const first = this.#firstOf(a)
      const group = groups.get(first) ?? { registers: new Set<number>(), orders: 0 }
      groups.set(first, group)
      group.registers.add(a).add(b)
      group.orders++
    }
    return [...groups.values()]
      .filter((group) => group.orders >= WORTH_A_COLUMN * group.registers.size)
      .map(({ registers }) => [...registers])
  }
}

function ordersOf(conditions: SweepConditions, uses: Int32Array): { a: number; b: number }[] {
  const numbers = [...uses.keys()].filter((number) => uses[number] > 0)
  return numbers.map((number) => conditions.get(number)).filter(({ kind }) => kind === ConditionKind.order)
}
