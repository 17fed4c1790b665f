import { assignmentOf } from "./pine-statement.ts"
import type { ScriptLine } from "./script-token.ts"

/** The line that was not taken over and uses what this line names, itself or by other names; undefined where none does. */
export function missedUser(
  setting: ScriptLine,
  lines: ScriptLine[],
  isMissed: (line: ScriptLine) => boolean,
): ScriptLine | undefined {
  const names = new Set(namesOf(setting))
  for (const line of lines) {
    if (line === setting || !line.tokens.some(({ kind, text }) => kind === "name" && names.has(lastPart(text))))
      continue
    if (isMissed(line)) return line
    for (const name of namesOf(line)) names.add(name)
  }
  return undefined
}

function namesOf({ tokens }: ScriptLine): string[] {
  try {
    return assignmentOf(tokens)?.names ?? []
  } catch {
    return []
  }
}

/** `self.buy_rsi.value` uses `buy_rsi`. */
function lastPart(text: string): string {
  return text.replace(/^self\./, "").replace(/\.value$/, "")
}
