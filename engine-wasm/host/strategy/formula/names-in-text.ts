import { parseFormula } from "./formula-parser.ts"
import { everyPartOf } from "./formula-walk.ts"

/** The names a formula mentions, none where it cannot be read. */
export function namesInText(text: string): string[] {
  const parsed = parseFormula(text)
  return parsed.ok ? everyPartOf(parsed.formula).flatMap((part) => (part.kind === "name" ? [part.name] : [])) : []
}
