import { useCallback } from "react"
import { plainText } from "#engine/candles"
import { useWatched } from "../relay-client/use-watched.ts"
import { formatQuantity } from "../ui/number-format.ts"
import { askBalances } from "./account.ts"
import { WatchedOnly } from "./watched-only.tsx"

/** What an account has, as its exchange says now. */
export function BalanceList({ accountId }: { accountId: string }) {
  const watched = useWatched(useCallback(() => askBalances(accountId), [accountId]))
  return (
    <section aria-label="What it has" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">What it has</h2>
      <WatchedOnly watched={watched}>
        {(balances) =>
          balances.length === 0 ? (
            <p className="text-ink-soft">Nothing yet.</p>
          ) : (
            <dl className="grid max-w-120 grid-cols-[auto_1fr_1fr] gap-x-6 border-b border-line text-sm">
              {balances.map(({ asset, free, locked }) => (
                <div key={asset} className="col-span-3 grid grid-cols-subgrid border-t border-line py-2">
                  <dt className="font-medium text-ink-strong">{plainText(asset, 20)}</dt>
                  <dd className="text-right text-ink-strong tabular-nums">{formatQuantity(Number(free))} free</dd>
                  <dd className="text-right text-ink-soft tabular-nums">
                    {Number(locked) > 0 && `${formatQuantity(Number(locked))} in orders`}
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </WatchedOnly>
    </section>
  )
}
