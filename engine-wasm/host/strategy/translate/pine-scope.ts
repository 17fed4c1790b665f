import type { Formula } from "../formula/formula.ts"
import type { ScriptExpression } from "./script-expression.ts"
import type { ScriptLine, ScriptToken } from "./script-token.ts"

/** A function the script defines: its parameters with their defaults, and its lines. */
export type PineFunction = {
  parameters: { name: string; otherwise: ScriptToken[] }[]
  body: ScriptLine[]
}

/** The meaning of names at a place of the script. */
export type PineScope = {
  values: Map<string, Formula>
  functions: Map<string, PineFunction>
  /** Names that were not understood, each with its reason. */
  lost: ReadonlyMap<string, string>
  depth: number
  /** The value of a block of lines. */
  blockValue: (lines: ScriptLine[], scope: PineScope) => Formula | Formula[]
  version: number
  /** Names that change somewhere in the script (`:=`): their earlier values are not one formula. */
  /** The meaning of names of `time(period, session)`. */
  sessions: Map<string, Formula>
  changing: ReadonlySet<string>
  /** The present value of a formula of settings, where a setting cannot be moved. */
  fixed: (formula: Formula) => number
  /** A setting's least value and whether it is whole; undefined where the name is none. */
  leastOf: (name: string) => { min: number; isWhole: boolean } | undefined
  /** Whether what is around the expression drops its rest: `math.floor(a / b)`. */
  dropsRest?: boolean
  /** What an input (`input.int(…)`) becomes. */
  setting: (input: Extract<ScriptExpression, { kind: "call" }>) => Formula
}

/** Reads an expression as one formula. */
export type ReadFormula = (expression: ScriptExpression, scope: PineScope) => Formula
