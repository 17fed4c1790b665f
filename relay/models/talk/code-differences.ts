import { functionCatalogue, functionTitle, type StrategyDocument, writtenFormulas } from "#engine/strategy"

/** Which sides a strategy in code enters; undefined where it only brings positions to a size. */
export function sidesOf(source: string): string | undefined {
  const code = withoutComments(source)
  const [buys, shorts] = [/\.buy\s*\(/.test(code), /\.sellShort\s*\(/.test(code)]
  if (buys && shorts) return "buys, and sells short too"
  if (shorts) return "sells short"
  return buys ? "buys" : undefined
}

/** What can be compared where one of the two is code: the indicators it asks for, and whether it asks for more. */
export function codeDifferences(read: StrategyDocument, written: StrategyDocument): string[] {
  const [mine, its] = [indicatorsOf(read), indicatorsOf(written)]
  return [
    ...difference(mine, its, (titles) => `By your words it looks at ${titles}; the ${kindOf(written)} does not.`),
    ...difference(its, mine, (titles) => `The ${kindOf(written)} looks at ${titles}, which your words do not name.`),
  ]
}

const kindOf = ({ code }: StrategyDocument) => (code ? "code" : "strategy")

function difference(
  some: ReadonlySet<string>,
  others: ReadonlySet<string>,
  sentence: (titles: string) => string,
): string[] {
  const missing = [...some].filter((name) => !others.has(name))
  return missing.length === 0 ? [] : [sentence(missing.map(functionTitle).join(", "))]
}

/** The indicators that rules call, or code makes: those with a memory, not plain arithmetic. */
function indicatorsOf(document: StrategyDocument): ReadonlySet<string> {
  return new Set(document.code ? namesInCode(document.code.source) : namesInRules(document))
}

function namesInCode(source: string): string[] {
  const made = [...withoutComments(source).matchAll(/\bnew\s+([A-Z]\w*)\s*\(/g)].map(([, name]) => name)
  return made.map((name) => name[0].toLowerCase() + name.slice(1)).filter(isIndicator)
}

function namesInRules(document: StrategyDocument): string[] {
  const formulas = writtenFormulas(document).map(({ text }) => text)
  return [...formulas.join("\n").matchAll(/\b([A-Za-z]\w*)\s*\(/g)].map(([, name]) => name).filter(isIndicator)
}

const arithmetic = new Set(
  "crossover crossunder cross rising falling abs min max floor ceil round sqrt log exp pow sign clamp nz change barsSince valueWhen hour weekday ago".split(
    " ",
  ),
)

function isIndicator(name: string): boolean {
  return functionCatalogue.has(name) && !arithmetic.has(name)
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/\/\/[^\n]*/g, " ")
}
