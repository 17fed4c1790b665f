import type { TokenUsage } from "#models"
import { formatNumber } from "../../ui/number-format.ts"

const counts = [
  ["uncached", "Tokens in"],
  ["cachedRead", "From cache"],
  ["cachedWrite", "Into cache"],
  ["output", "Out"],
  ["reasoning", "Of it thinking"],
] as const satisfies [keyof TokenUsage, string][]

/** The titles of the counts: four have a price of their own, thinking has that of what comes out. */
export const tokenTitles: readonly string[] = counts.map(([, title]) => title)

/** The counts of a call, or of many, as cells; a dash where the server does not say how much was thinking. */
export function TokenCells({ usage, isEstimated = false }: { usage: TokenUsage; isEstimated?: boolean }) {
  return counts.map(([name]) => (
    <td key={name} className="py-1.5 pr-4 text-right whitespace-nowrap tabular-nums">
      {countWords(usage[name], isEstimated)}
    </td>
  ))
}

function countWords(count: number | undefined, isEstimated: boolean): string {
  return count === undefined ? "–" : `${isEstimated ? "≈ " : ""}${formatNumber(count)}`
}
