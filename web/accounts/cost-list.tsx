import { useCallback } from "react"
import { plainText } from "#engine/candles"
import { useWatched } from "../relay-client/use-watched.ts"
import { DataTable, type DataColumn } from "../ui/data-table.tsx"
import { formatMoney, formatQuantity } from "../ui/number-format.ts"
import { askCosts, type Cost } from "./account.ts"
import { WatchedOnly } from "./watched-only.tsx"

/** What an account's bots paid its exchange in fees. */
export function CostList({ accountId }: { accountId: string }) {
  const watched = useWatched(useCallback(() => askCosts(accountId), [accountId]))
  return (
    <section aria-label="What trading cost" className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-base font-semibold">What trading cost</h2>
      <WatchedOnly watched={watched}>
        {(costs) =>
          costs.length === 0 ? (
            <p className="max-w-[72ch] text-ink-soft">
              Nothing yet. Each purchase and each sale costs a fee; here you see what every bot paid.
            </p>
          ) : (
            <>
              <p className="max-w-[72ch] text-ink-soft">{totalWords(costs)}</p>
              <DataTable label="Fees by bot and market" rows={costs} columns={columns} />
            </>
          )
        }
      </WatchedOnly>
    </section>
  )
}

const columns: DataColumn<Cost>[] = [
  {
    key: "bot",
    header: "Bot",
    cell: ({ botName }) => (botName === null ? "One that was removed" : plainText(botName, 60)),
  },
  { key: "market", header: "Market", cell: ({ market }) => plainText(market, 40), from: "medium" },
  {
    key: "fills",
    header: "Fills",
    align: "end",
    from: "medium",
    cell: ({ fills }) => fills,
    sortBy: ({ fills }) => fills,
  },
  {
    key: "traded",
    header: "Traded",
    align: "end",
    from: "medium",
    cell: ({ tradedQuote, market }) => formatMoney(Number(tradedQuote), quoteOf(market)),
    sortBy: ({ tradedQuote }) => Number(tradedQuote),
  },
  { key: "fees", header: "Fees", align: "end", cell: ({ fees }) => feeWords(fees) },
]

function totalWords(costs: Cost[]): string {
  const fees = new Map<string, number>()
  for (const { asset, amount } of costs.flatMap((cost) => cost.fees))
    fees.set(asset, (fees.get(asset) ?? 0) + Number(amount))
  const paid = feeWords([...fees].map(([asset, amount]) => ({ asset, amount: String(amount) })))
  return `In all ${paid} in fees. Purchases usually pay in the coin that is bought.`
}

function feeWords(fees: Cost["fees"]): string {
  if (fees.length === 0) return "none"
  return fees.map(({ asset, amount }) => `${formatQuantity(Number(amount))} ${plainText(asset, 20)}`).join(" + ")
}

function quoteOf(market: string): string {
  return market.split("/")[1] ?? ""
}
