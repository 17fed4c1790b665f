import { plainText } from "#engine/candles"
import type { OtherMarket, OtherMarketRefused } from "#engine/run"
import { formatNumber, formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"
import { FigureTable } from "./figure-table.tsx"

/** The same values on markets they were not chosen for. */
export function OtherMarketsPart({ markets }: { markets: readonly (OtherMarket | OtherMarketRefused)[] }) {
  const ran = markets.filter((one) => "returnPercent" in one)
  const refused = markets.filter((one) => "because" in one)
  return (
    <FoundPart title="On other markets" about={<WhatIsThis term="otherMarkets" />}>
      {ran.length > 0 && (
        <FigureTable
          label="Other markets"
          columns={["Market", "Return", "Holding", "Worst dip", "Sharpe ratio", "Trades"]}
          rows={ran.map(({ market, returnPercent, holdingReturnPercent, maxDrawdownPercent, sharpe, tradeCount }) => [
            plainText(market, 40),
            formatSignedPercent(returnPercent),
            formatSignedPercent(holdingReturnPercent),
            formatPercent(maxDrawdownPercent),
            sharpe === null ? "—" : formatNumber(sharpe, 2),
            formatNumber(tradeCount),
          ])}
        />
      )}
      {refused.map(({ market, because }) => (
        <p key={market} className="max-w-[72ch] text-sm text-ink-soft">{`${plainText(market, 40)}: ${because}.`}</p>
      ))}
    </FoundPart>
  )
}
