/** A compiler message about a source. Offsets count UTF-16 characters from 0, lines and columns from 1. */
export type CodeDiagnostic = {
  message: string
  isError: boolean
  start: number
  end: number
  line: number
  column: number
}

/** A diagnostic as the AssemblyScript compiler reports it. */
export type CompilerDiagnostic = {
  message: string
  code: number
  category: number
  range: { start: number; end: number; source: { normalizedPath: string } | null } | null
}

const ERROR = 3

/** The compiler's diagnostic in the user's words and places. */
export function diagnosticFrom(source: string, { message, code, category, range }: CompilerDiagnostic): CodeDiagnostic {
  const text = plainWords(message, code)
  const isMine = range?.source?.normalizedPath === "strategy.ts"
  return { ...withPlace(source, isMine ? range.start : 0, isMine ? range.end : 0, text), isError: category === ERROR }
}

/** An error at a place of the source. */
export function withPlace(source: string, start: number, end: number, message: string): CodeDiagnostic {
  const before = source.slice(0, start)
  const lineStart = before.lastIndexOf("\n") + 1
  return { message, isError: true, start, end, line: before.split("\n").length, column: start - lineStart + 1 }
}

/**
 * The most common errors of newcomers from TypeScript, in a sentence that says what to do. Numbers are the compiler's
 * own.
 */
function plainWords(message: string, code: number): string {
  if (code === NO_SUCH_FILE) return ONLY_CANDLEWRIGHT
  const hint = hints[code]
  const words = withoutPaths(message)
  return hint === undefined ? words : `${words} ${hint}`
}

const NO_SUCH_FILE = 6054
/** The answer to an import of anything else. */
export const ONLY_CANDLEWRIGHT = 'A strategy may import from "candlewright" only.'

/** The compiler names a type by its file, `~lib/string/String`; to a person it is `String`. */
function withoutPaths(message: string): string {
  return message
    .replaceAll(/(?:~lib|node_modules|candlewright\/core)\/(?:[\w.~-]+\/)*/g, "")
    .replaceAll(/\b(?:strategy|entry)\/(?=\w)/g, "")
}

const hints: Record<number, string> = {
  100: "This part of TypeScript does not exist here; write it more plainly.",
  101: "This reaches into memory, which a strategy may not; use fields, arrays and the indicators.",
  1005: "Look just before this place: something is missing.",
  1110: "Write a type, such as f64 for a number or bool for true and false.",
  2304: 'Check the spelling, and that it is in the `import { … } from "candlewright"` line.',
  2305: "The import line may name only what candlewright offers.",
  2322: "Numbers are f64, counts are i32; `<i32>x` makes one of the other.",
  2339: "Check the spelling; fields are written with `this.`.",
  2532: "It may be null here; test it first.",
  2564: "Give the field a value where it is declared, such as `= 0` or `= NaN`.",
}
