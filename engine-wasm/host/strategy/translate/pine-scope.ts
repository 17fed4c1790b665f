import type { Formula } from "../formula/formula.ts"
import type { ScriptExpression } from "./script-expression.ts"
import type { ScriptLine, ScriptToken } from "./script-token.ts"

/** A function the script defines: its parameters with what they are when left out, and its lines. */
export type PineFunction = {
  parameters: { name: string; otherwise: ScriptToken[] }[]
  body: ScriptLine[]
}

/** What names mean at a place of the script. */
export type PineScope = {
  values: Map<string, Formula>
  functions: Map<string, PineFunction>
  depth: number
  /** What a block of lines gives. */
  blockValue: (lines: ScriptLine[], scope: PineScope) => Formula | Formula[]
  version: number
  /** Names that get another value somewhere in the script (`:=`): their earlier values are not those of one formula. */
  /** What names of `time(period, session)` ask. */
  sessions: Map<string, Formula>
  changing: ReadonlySet<string>
  /** The number a formula of settings is now, where a setting cannot be moved. */
  fixed: (formula: Formula) => number
  /** What a question to the person (`input.int(…)`) stands for. */
  setting: (input: Extract<ScriptExpression, { kind: "call" }>) => Formula
}

/** Reads an expression as one formula. */
export type ReadFormula = (expression: ScriptExpression, scope: PineScope) => Formula
