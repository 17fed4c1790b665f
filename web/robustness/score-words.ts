import { formatNumber, formatShort, formatSignedPercent } from "../ui/number-format.ts"

const names: Record<string, string> = {
  sharpe: "Sharpe ratio",
  sortino: "Sortino ratio",
  calmar: "Calmar ratio",
  return: "Return",
  returnOverDrawdown: "Return per worst dip",
  expectancy: "Profit per trade",
  maxDrawdownPercent: "Smallest dip",
}

/** Objectives people know by name, in the order they are offered. */
export const knownObjectives = Object.keys(names).filter((name) => name !== "maxDrawdownPercent")

/** What an objective is called: "Sharpe ratio"; a formula is its own name. */
export function objectiveName(objective: string): string {
  return Object.hasOwn(names, objective) ? names[objective] : objective
}

/** The name within a sentence: "return", but "Sharpe ratio". */
export function objectiveInSentence(objective: string): string {
  const name = objectiveName(objective)
  return /^(Sharpe|Sortino|Calmar)/.test(name) || name === objective
    ? name
    : name.charAt(0).toLowerCase() + name.slice(1)
}

/** A score by an objective: "1.32", "+24.1 %"; "—" where it cannot be judged. */
export function scoreWords(objective: string, score: number | null): string {
  if (score === null || !Number.isFinite(score)) return "—"
  if (objective === "return") return formatSignedPercent(score)
  return Math.abs(score) < 100 ? formatNumber(score, 2) : formatShort(Math.round(score))
}
