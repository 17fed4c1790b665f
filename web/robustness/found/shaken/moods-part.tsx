import type { Regime } from "#engine/run"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"
import { FigureTable } from "./figure-table.tsx"

/** How it did in each mood of its markets. */
export function MoodsPart({ regimes }: { regimes: readonly Regime[] }) {
  return (
    <FoundPart title="In which mood of the market it earns" about={<WhatIsThis term="regimes" />}>
      <FigureTable
        label="Moods of the market"
        columns={["Mood", "Return", "Market", "Sharpe ratio", "Trades", "Time"]}
        rows={regimes.map(({ name, days, sharePercent, returnPercent, marketReturnPercent, sharpe, tradeCount }) => [
          name.charAt(0).toUpperCase() + name.slice(1),
          formatSignedPercent(returnPercent),
          formatSignedPercent(marketReturnPercent),
          sharpe === null ? "—" : formatNumber(sharpe, 2),
          formatNumber(tradeCount),
          `${formatCount(days, "day")} (${formatPercent(sharePercent, 0)})`,
        ])}
      />
    </FoundPart>
  )
}
