import { isDrawing } from "./pine-drawing.ts"
import { isTypeWord } from "./pine-statement.ts"
import { type ScriptLine, topLevel } from "./script-token.ts"

export type ScriptLanguage = "pine" | "freqtrade"

/** Columns that freqtrade itself reads. */
const signals = /^(enter|exit|buy|sell)(_|$)/

/** Lines that only name something: `unused` where no other line mentions it, `drawn` where only drawings do. */
export type IdleValues = { unused: ScriptLine[]; drawn: ScriptLine[] }

/**
 * Lines that give something a name which decides nothing, and leave no trace in a document. Of a freqtrade class only
 * columns are such values, and the `settings` that no slider moves.
 */
export function idleValues(
  all: readonly ScriptLine[],
  language: ScriptLanguage,
  settings: ReadonlySet<ScriptLine>,
): IdleValues {
  const mentions = new Map<string, Set<ScriptLine>>()
  for (const line of all)
    for (const { kind, text } of line.tokens)
      if (kind === "name" || kind === "text")
        for (const word of text.match(/\w+/g) ?? []) mentions.set(word, (mentions.get(word) ?? new Set()).add(line))
  const namesIn = language === "pine" ? pineNames : columnsIn
  const idle: IdleValues = { unused: [], drawn: [] }
  for (const line of all) {
    const names = settings.has(line) && language === "freqtrade" ? [line.tokens[0].text] : namesIn(line)
    const users = names.flatMap((name) => [...(mentions.get(name) ?? [])]).filter((user) => user !== line)
    if (names.length === 0 || !users.every(isDrawing)) continue
    if (users.length === 0) idle.unused.push(line)
    else idle.drawn.push(line)
  }
  return idle
}

/** `x = …`, `var float x = …`, `[x, y] = …` */
function pineNames(line: ScriptLine): string[] {
  const left = leftOf(line)
  if (!left.every(({ kind, text }) => kind === "name" || ["[", "]", ","].includes(text))) return []
  return left
    .filter((token) => token.kind === "name" && !isTypeWord(token) && !["var", "varip", "_"].includes(token.text))
    .map(({ text }) => text)
}

/** `dataframe['x'] = …` */
function columnsIn(line: ScriptLine): string[] {
  const left = leftOf(line)
  const isColumn = left.length === 4 && left[1].text === "[" && left[2].kind === "text"
  return isColumn && !signals.test(left[2].text) ? [left[2].text] : []
}

function leftOf({ tokens }: ScriptLine) {
  const [place] = topLevel(tokens, "=")
  return place === undefined || topLevel(tokens, "=>").length > 0 ? [] : tokens.slice(0, place)
}
