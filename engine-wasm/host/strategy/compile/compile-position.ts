import type { Op } from "../../../assembly/operators/opcode.ts"
import { positionFields } from "../formula/formula.ts"
import type { PositionProgram } from "./program.ts"

type Cell = { kind: "position" } | { kind: "latched"; register: number } | { kind: "work" }
type CellInstruction = { op: Op; destination: number; sources: number[]; numbers: number[] }

/**
 * A position program under construction. Cells are numbered as they come; `finishedPosition` puts them in the
 * broker's order.
 */
export type PositionDraft = { cells: Cell[]; instructions: CellInstruction[]; merged: Map<string, number> }

export function emptyPosition(): PositionDraft {
  return { cells: positionFields.map(() => ({ kind: "position" })), instructions: [], merged: new Map() }
}

/** The cell that holds a register's value at the deciding candle. */
export function latchedCell(position: PositionDraft, register: number): number {
  return once(position, `latched ${register}`, () => position.cells.push({ kind: "latched", register }) - 1)
}

/** The cell an instruction writes; the same work is never done twice. */
export function workCell(
  position: PositionDraft,
  { op, sources, numbers }: Omit<CellInstruction, "destination">,
): number {
  return once(position, `${op} ${sources.join()} ${numbers.join()}`, () => {
    const destination = position.cells.push({ kind: "work" }) - 1
    position.instructions.push({ op, destination, sources, numbers })
    return destination
  })
}

/** The program whose answer is in `result`: position cells first, then latched registers, then temporaries. */
export function finishedPosition(position: PositionDraft, result: number): PositionProgram {
  const order = [...cellsOf(position, "position"), ...cellsOf(position, "latched"), ...cellsOf(position, "work")]
  const place = new Map(order.map((cell, index) => [cell, index]))
  return {
    latched: position.cells.flatMap((cell) => (cell.kind === "latched" ? [cell.register] : [])),
    cellCount: order.length,
    instructions: position.instructions.map(({ op, destination, sources, numbers }) => ({
      op,
      destination: place.get(destination)!,
      sources: sources.map((source) => place.get(source)!),
      numbers,
    })),
    result: place.get(result)!,
  }
}

function cellsOf(position: PositionDraft, kind: Cell["kind"]): number[] {
  return position.cells.flatMap((cell, index) => (cell.kind === kind ? [index] : []))
}

function once(position: PositionDraft, key: string, make: () => number): number {
  const cell = position.merged.get(key) ?? make()
  position.merged.set(key, cell)
  return cell
}
