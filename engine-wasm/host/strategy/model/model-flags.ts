import { plainText, quotedCode } from "../../candles/foreign-text.ts"
import { dayText } from "../../candles/iso-time.ts"
import type { StrategyFlag } from "../document/strategy-dangers.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { everyPartOf } from "../formula/formula-walk.ts"
import { modelCallOf } from "../formula/model-call.ts"

/** Models that nothing asks, and those that are asked about a market they never learnt from. */
export function modelFlags(
  { models = {}, markets }: Pick<StrategyDocument, "models" | "markets">,
  formulas: readonly string[],
): StrategyFlag[] {
  const asked = new Set(formulas.flatMap(modelsIn))
  return Object.entries(models).flatMap(([name, { made, parts }]): StrategyFlag[] => {
    if (!asked.has(name))
      return [{ kind: "unusedModel", because: `The model ${quotedCode(name)} is not used by anything.` }]
    const since: StrategyFlag = {
      kind: "modelSince",
      because: `The model ${quotedCode(name)} speaks from ${dayText(parts[0].readyFromMs)} on: what came before it learnt from, and it trades nothing there.`,
    }
    const others = made.market === "" ? [] : markets.filter((market) => market !== made.market)
    return others.length === 0
      ? [since]
      : [
          since,
          {
            kind: "otherMarket",
            because: `The model ${quotedCode(name)} learnt from ${plainText(made.market)}; what it says of ${others.join(", ")} is a guess until its card there says otherwise.`,
          },
        ]
  })
}

function modelsIn(text: string): string[] {
  const parsed = parseFormula(text)
  if (!parsed.ok) return []
  return everyPartOf(parsed.formula).flatMap((part) => modelCallOf(part)?.model ?? [])
}
