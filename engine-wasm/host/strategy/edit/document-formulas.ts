import type { WrittenStrategy } from "../document/strategy-document.ts"
import { tokensOf } from "../formula/formula-lexer.ts"
import { type DocumentPath, withValueAt } from "./document-path.ts"
import { ruleAt, type RulePlace } from "./rule-edit.ts"

const rulePlaces: RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]

/** Every formula of a document with its place, whatever is wrong with it. */
export function writtenFormulas(document: WrittenStrategy): { path: DocumentPath; text: string }[] {
  const series = Object.entries(document.series ?? {}).map(([name, text]) => ({ path: ["series", name], text }))
  const conditions = rulePlaces.flatMap((place) => {
    const { join, formulas } = ruleAt(document, place)
    return formulas.map((text, at) => ({ path: [...place.split("."), join, at], text }))
  })
  const { stopLoss, takeProfit = [] } = document.protect ?? {}
  const prices = [
    { path: ["protect", "stopLoss", "formula"], of: stopLoss },
    ...takeProfit.map((target, at) => ({ path: ["protect", "takeProfit", at, "formula"], of: target })),
  ].flatMap(({ path, of }) => (of && "formula" in of ? [{ path, text: of.formula }] : []))
  return [...series, ...conditions, ...prices]
}

/** The document with a series under another name, wherever it is used. */
export function withRenamedSeries(document: WrittenStrategy, name: string, next: string): WrittenStrategy {
  const renamed = renamedInFormulas(document, name, next)
  const entries = Object.entries(renamed.series ?? {}).map(([each, text]) => [each === name ? next : each, text])
  return { ...renamed, series: Object.fromEntries(entries) as Record<string, string> }
}

/** The document with a name written otherwise in each of its formulas; names that only contain it stay. */
export function renamedInFormulas(document: WrittenStrategy, name: string, text: string): WrittenStrategy {
  return writtenFormulas(document).reduce(
    (changed, formula) => withValueAt(changed, formula.path, renamedIn(formula.text, name, text)),
    document,
  )
}

function renamedIn(formula: string, name: string, text: string): string {
  return namePlaces(formula, name).reduceRight(
    (changed, at) => `${changed.slice(0, at)}${text}${changed.slice(at + name.length)}`,
    formula,
  )
}

/** Where a name stands for itself: not the output after a dot, and nothing in a formula that cannot be read. */
function namePlaces(formula: string, name: string): number[] {
  try {
    const tokens = tokensOf(formula)
    return tokens.flatMap((token, n) =>
      token.kind === "name" && token.text === name && tokens[n - 1]?.text !== "." ? [token.at] : [],
    )
  } catch {
    return []
  }
}
