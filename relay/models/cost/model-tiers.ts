import type { CallPurpose } from "./model-call.ts"

/** Ids of models by what they are for, each list in the order they are tried. */
export type ModelTiers = { cheap: readonly string[]; strong: readonly string[] }

/** Small changes and explanations need no strong model. */
const strongPurposes: readonly CallPurpose[] = ["build", "analyse"]

/** The models to try, in order: those of the purpose's tier, then the others; near the budget the cheap ones only. */
export function modelsInOrder({ cheap, strong }: ModelTiers, purpose: CallPurpose, isNearBudget: boolean): string[] {
  if (isNearBudget && cheap.length > 0) return [...new Set(cheap)]
  return [...new Set(strongPurposes.includes(purpose) ? [...strong, ...cheap] : [...cheap, ...strong])]
}
