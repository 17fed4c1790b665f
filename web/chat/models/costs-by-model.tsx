import { type CallPurpose, dollarsText, type ModelSpending, spendingByModel } from "#models"
import { modelCalls } from "../../db/model-calls.ts"
import { useKept } from "../../db/use-kept.ts"
import { formatNumber } from "../../ui/number-format.ts"
import { CallTable } from "./call-table.tsx"
import { TokenCells, tokenTitles } from "./token-cells.tsx"

/** What each model came to this month, and for what. */
export function CostsByModel() {
  const spent = useKept(() => spendingByModel(modelCalls, Date.now()))
  if (spent.state !== "ready" || spent.value.length === 0) return null
  return (
    <CallTable label="This month by model" titles={["Model", "For", "Calls", ...tokenTitles, "This month"]}>
      {spent.value.map((each) => (
        <Row key={`${each.model} ${each.purpose}`} spent={each} />
      ))}
    </CallTable>
  )
}

function Row({ spent: { model, purpose, callCount, usage, ...cost } }: { spent: ModelSpending }) {
  return (
    <tr className="border-t border-line text-ink tabular-nums">
      <td className="py-1.5 pr-4 wrap-anywhere">{model}</td>
      <td className="py-1.5 pr-4 whitespace-nowrap">{purposeWords[purpose]}</td>
      <td className="py-1.5 pr-4 text-right">{formatNumber(callCount)}</td>
      <TokenCells usage={usage} />
      <td className="py-1.5 text-right whitespace-nowrap">{costWords({ callCount, ...cost })}</td>
    </tr>
  )
}

const purposeWords: Record<CallPurpose, string> = {
  build: "building",
  change: "changes",
  explain: "explaining",
  analyse: "opinions",
}

type Cost = Pick<ModelSpending, "callCount" | "costMicroDollars" | "unknownCount">

function costWords({ callCount, costMicroDollars, unknownCount }: Cost): string {
  if (unknownCount === 0) return dollarsText(costMicroDollars)
  return unknownCount === callCount ? dollarsText(null) : `${dollarsText(costMicroDollars)} and ${unknownCount} unknown`
}
