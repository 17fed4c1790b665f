import type { EntriesPart } from "#engine/run"
import { Bars } from "../../../figure/index.ts"
import { formatNumber, formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"

/** Whether its entries are better than chance, with the same exits. */
export function RandomEntryPart({ entries }: { entries: EntriesPart }) {
  const { tries, pValue, betterThanPercent, returnPercent, chanceReturnPercent: chance } = entries
  return (
    <FoundPart title="If you had entered by chance" about={<WhatIsThis term="randomEntry" />}>
      <Bars
        title="Return, with entries by chance and with yours"
        summary={`Yours beat ${formatPercent(betterThanPercent, 0)} of ${formatNumber(tries)} tries by chance, as often and with the same exits; chance does as well in about ${formatPercent(pValue * 100)} of cases.`}
        bars={[
          { name: "Chance, worst 5\u202f%", amount: chance.p5 },
          { name: "Chance, middle", amount: chance.p50 },
          { name: "Chance, best 5\u202f%", amount: chance.p95 },
          { name: "Yours", amount: returnPercent },
        ]}
        measured="Return"
        words={(amount) => formatSignedPercent(amount)}
      />
    </FoundPart>
  )
}
