import type { TokenUsage } from "#models"
import { formatNumber } from "../../ui/number-format.ts"

const counts = [
  ["uncached", "Tokens in"],
  ["cachedRead", "From cache"],
  ["cachedWrite", "Into cache"],
  ["output", "Out, with thinking"],
] as const satisfies [keyof TokenUsage, string][]

/** The titles of the four counts, each of which has a price of its own. */
export const tokenTitles: readonly string[] = counts.map(([, title]) => title)

/** The four counts of a call, or of many, as cells. */
export function TokenCells({ usage, isEstimated = false }: { usage: TokenUsage; isEstimated?: boolean }) {
  return counts.map(([name]) => (
    <td key={name} className="py-1.5 pr-4 text-right whitespace-nowrap tabular-nums">
      {`${isEstimated ? "≈ " : ""}${formatNumber(usage[name])}`}
    </td>
  ))
}
