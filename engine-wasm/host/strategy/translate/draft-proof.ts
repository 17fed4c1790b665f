import { rulesProblems } from "../document/strategy-check.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"

/** Why a document is refused: its place in the document and the reason. Undefined where it runs. */
export function refusalOf(document: WrittenStrategy): { path: string; because: string } | undefined {
  const read = strategyFromJson(document)
  return (read.ok ? rulesProblems(read.strategy) : read.problems)[0]
}
