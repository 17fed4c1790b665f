import type { Costs } from "#engine/run"
import { Bars } from "../../../figure/index.ts"
import { formatPercent, formatShort, formatSignedPercent } from "../../../ui/number-format.ts"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"

/** What is left when trading costs more. */
export function CostsPart({ costs: { asIs, doubleFees, tripleSlippage, both } }: { costs: Costs }) {
  const left = both.returnPercent > 0 ? "it still earns" : "nothing is left"
  return (
    <FoundPart title="If trading cost more" about={<WhatIsThis term="dearCosts" />}>
      <Bars
        title="Return, by what trading costs"
        summary={`With a fee of ${percent(both.feePercent)} and ${percent(both.slippagePercent)} slippage ${left}: ${formatSignedPercent(both.returnPercent)} instead of ${formatSignedPercent(asIs.returnPercent)}.`}
        bars={[
          { name: "As it is", amount: asIs.returnPercent },
          { name: "Fees ×2", amount: doubleFees.returnPercent },
          { name: "Slippage ×3", amount: tripleSlippage.returnPercent },
          { name: "Both", amount: both.returnPercent },
        ]}
        measured="Return"
        words={(amount) => formatSignedPercent(amount)}
      />
    </FoundPart>
  )
}

function percent(share: number): string {
  return formatPercent(share, Math.min(4, formatShort(share).split(".")[1]?.length ?? 0))
}
