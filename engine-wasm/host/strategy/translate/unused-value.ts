import { isTypeWord } from "./pine-statement.ts"
import { type ScriptLine, topLevel } from "./script-token.ts"

export type ScriptLanguage = "pine" | "freqtrade"

/** Columns that freqtrade itself reads. */
const signals = /^(enter|exit|buy|sell)(_|$)/

/**
 * Lines that give something a name which no other line mentions: they decide nothing, and leave no trace in a document.
 * Of a freqtrade class only columns are such values; its attributes are settings.
 */
export function unusedValues(all: readonly ScriptLine[], language: ScriptLanguage): ScriptLine[] {
  const mentions = new Map<string, Set<ScriptLine>>()
  for (const line of all)
    for (const { kind, text } of line.tokens)
      if (kind === "name" || kind === "text")
        for (const word of text.match(/\w+/g) ?? []) mentions.set(word, (mentions.get(word) ?? new Set()).add(line))
  const namesIn = language === "pine" ? pineNames : columnsIn
  return all.filter((line) => {
    const names = namesIn(line)
    return names.length > 0 && names.every((name) => mentions.get(name)?.size === 1)
  })
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
