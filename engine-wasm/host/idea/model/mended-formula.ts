import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"

const ownNames = new Map([...functionCatalogue.keys()].map((name) => [name.toLowerCase(), name]))

/** A formula with the slips that models bring from other languages mended: `&&`, `||`, `ta.rsi(…)`, `RSI(…)`. */
export function mendedFormula(written: string): string {
  return written
    .trim()
    .replaceAll("&&", " and ")
    .replaceAll("||", " or ")
    .replace(/\bta(?:lib)?\.(?=[a-z])/gi, "")
    .replace(/\b[A-Za-z][A-Za-z0-9]*(?=\s*\()/g, (name) =>
      functionCatalogue.has(name) ? name : (ownNames.get(name.toLowerCase()) ?? name),
    )
}
