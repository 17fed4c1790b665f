import { formulaText, type Formula } from "../formula/formula.ts"
import type { Side } from "./draft-strategy.ts"
import { isNumber, whileHolding } from "./formula-making.ts"

/** One way into a position: the entry's name, its side and what must hold. */
export type PineWayIn = { id: string; side: Side; condition: string }

/** Every entry of a script. Here a position has one exit per side, whichever way it came in. */
export class PineEntries {
  readonly #waysIn: PineWayIn[] = []
  readonly #names = new Set<string>()

  add(id: string, side: Side, condition: Formula) {
    this.#names.add(id)
    if (isNumber(whileHolding(condition, "flat"), 0)) return
    this.#waysIn.push({ id, side, condition: formulaText(condition) })
  }

  has(id: string) {
    return this.#names.has(id)
  }

  of(side: Side): PineWayIn[] {
    return this.#waysIn.filter((one) => one.side === side)
  }

  /** No positions of this side. */
  forget(side: Side) {
    const kept = this.#waysIn.filter((one) => one.side !== side)
    this.#waysIn.splice(0, Infinity, ...kept)
  }

  /** Sides on which an order for entries of this name can meet a position; without a name, every side. */
  sidesOf(id: string): Side[] {
    return sides.filter((side) => this.of(side).some((one) => id === "" || one.id === id))
  }
}

export const sides = ["long", "short"] as const

/** An order that ends positions of one side: those that came in by the ways it is for. */
export type PineEnding = { text: string; waysIn: PineWayIn[] }

/** Whether endings of the same text together are for every way into the side. */
export function isForAll(ending: PineEnding, all: PineEnding[], waysIn: PineWayIn[]): boolean {
  const covered = new Set(all.filter(({ text }) => text === ending.text).flatMap((one) => one.waysIn))
  return waysIn.every((one) => covered.has(one))
}

/** Why an exit that is for some entries only cannot be kept. */
export const SEPARATE_EXITS =
  "it is for some of the entries only, and exits of separate entries are not possible here: a position has one exit, whichever entry opened it"
