import { quotedCode } from "../../candles/foreign-text.ts"
import { rulesProblems } from "../../strategy/document/strategy-check.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { pathText, type StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { type DocumentPath, withValueAt } from "../../strategy/edit/document-path.ts"

/**
 * What a search may do to one formula of a strategy, beside leaving it as it is: take the condition away (`off`), or
 * put each of these formulas in its place. `path` as in a problem: `long.enter.all[1]`, `series.trend`.
 */
export type RuleChoice = { path: string; off: true } | { path: string; instead: readonly string[] }

/** A whole strategy that a search tries, and how it differs: "without `close > trend`". */
export type RuleVariant = { strategy: StrategyDocument; inWords: string }

export type RuleVariants =
  | { ok: true; variants: RuleVariant[]; leftOut: { inWords: string; because: string }[] }
  | { ok: false; problems: StrategyProblem[] }

/** More whole strategies than this would be a search for luck, and not for a rule. */
export const MOST_VARIANTS = 64

/** What may be done to the formula at a path: kept (undefined), taken away (null), or another in its place. */
type Spot = { path: DocumentPath; text: string; options: (string | null | undefined)[] }

/**
 * The strategy in every combination of these choices, first as it is; each is a trial like any other. Combinations
 * that are no valid strategy are left out, with the reason; those alike are tried once.
 */
export function variantsOf(strategy: StrategyDocument, choices: readonly RuleChoice[]): RuleVariants {
  const problems = choices.flatMap((choice, at) => choiceProblems(strategy, choice, at))
  if (problems.length > 0) return { ok: false, problems }
  const spots = spotsOf(strategy, choices)
  const count = spots.reduce((product, { options }) => product * options.length, 1)
  if (count > MOST_VARIANTS) return { ok: false, problems: [{ path: "choices", because: tooMany(count) }] }
  return checkedVariants(
    strategy,
    Array.from({ length: count }, (_, number) => chosenAt(spots, number)),
  )
}

function tooMany(count: number): string {
  return `these choices make ${count.toLocaleString("en")} strategies; try at most ${MOST_VARIANTS} in one search`
}

function choiceProblems(strategy: StrategyDocument, choice: RuleChoice, at: number): StrategyProblem[] {
  const formula = formulaAt(strategy, choice.path)
  const refuse = (because: string) => [{ path: `choices[${at}]`, because }]
  if (!formula) {
    const known = writtenFormulas(strategy).map(({ path }) => pathText([...path]))
    return refuse(
      `there is no formula at ${quotedCode(choice.path)}; ` +
        (known.length > 0 ? `there are ${known.join(", ")}` : "a strategy in code has no rules to choose from"),
    )
  }
  if ("off" in choice && !isCondition(formula.path))
    return refuse(`only a condition can be left out, and ${quotedCode(choice.path)} is none; name formulas instead`)
  return "instead" in choice && choice.instead.length === 0 ? refuse("name at least one formula") : []
}

function formulaAt(strategy: StrategyDocument, path: string): { path: DocumentPath; text: string } | undefined {
  return writtenFormulas(strategy).find((formula) => pathText([...formula.path]) === path)
}

function isCondition([part]: DocumentPath): boolean {
  return part === "long" || part === "short"
}

/** Each formula that is chosen about, once, with all its options. */
function spotsOf(strategy: StrategyDocument, choices: readonly RuleChoice[]): Spot[] {
  const paths = [...new Set(choices.map(({ path }) => path))]
  return paths.map((path) => {
    const others = choices
      .filter((choice) => choice.path === path)
      .flatMap((choice): readonly (string | null)[] => ("off" in choice ? [null] : choice.instead))
    return { ...formulaAt(strategy, path)!, options: [...new Set([undefined, ...others])] }
  })
}

type Chosen = { spot: Spot; option: string | null }

/** What combination number so and so changes. */
function chosenAt(spots: readonly Spot[], number: number): Chosen[] {
  let rest = number
  return spots.flatMap((spot) => {
    const option = spot.options[rest % spot.options.length]
    rest = Math.floor(rest / spot.options.length)
    return option === undefined ? [] : [{ spot, option }]
  })
}

function checkedVariants(strategy: StrategyDocument, combinations: readonly Chosen[][]): RuleVariants {
  const variants = new Map<string, RuleVariant>()
  const leftOut: { inWords: string; because: string }[] = []
  // Columns of the candle file are unknown here: where the strategy itself needs them, its variants may too.
  const needsCandles = rulesProblems(strategy).length > 0
  for (const chosen of combinations) {
    const inWords = chosen.length === 0 ? "as it is" : chosen.map(changeInWords).join(", ")
    const read = strategyFromJson(changed(strategy, chosen))
    const problems = read.ok ? (needsCandles ? [] : rulesProblems(read.strategy)) : read.problems
    if (problems.length > 0) leftOut.push({ inWords, because: problems[0].because })
    else if (read.ok) {
      const key = JSON.stringify(read.strategy)
      if (!variants.has(key)) variants.set(key, { strategy: read.strategy, inWords })
    }
  }
  return { ok: true, variants: [...variants.values()], leftOut }
}

function changeInWords({ spot, option }: Chosen): string {
  return option === null
    ? `without ${quotedCode(spot.text)}`
    : `${quotedCode(option)} instead of ${quotedCode(spot.text)}`
}

/** The document with these changes; a rule to close without any condition is none. */
function changed(strategy: StrategyDocument, chosen: readonly Chosen[]): WrittenStrategy {
  const written = chosen
    .filter(({ option }) => option !== null)
    .reduce<WrittenStrategy>((document, { spot, option }) => withValueAt(document, spot.path, option), strategy)
  // From the end, so that the places of the others stay.
  const taken = chosen.filter(({ option }) => option === null).map(({ spot }) => spot.path)
  const without = taken
    .toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)))
    .reduce((document, path) => withValueAt(document, path, undefined), written)
  return withoutEmptyExit(withoutEmptyExit(without, "long"), "short")
}

function withoutEmptyExit(document: WrittenStrategy, side: "long" | "short"): WrittenStrategy {
  const exit = document[side]?.exit
  const isEmpty = exit && ("all" in exit ? exit.all : exit.any).length === 0
  return isEmpty ? withValueAt(document, [side, "exit"], null) : document
}
