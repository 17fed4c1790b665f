import { useCallback } from "react"
import { plainText } from "#engine/candles"
import { useWatched } from "../relay-client/use-watched.ts"
import { usePreferences } from "../settings/index.ts"
import { formatClockSeconds } from "../ui/date-format.ts"
import { formatMoney, formatQuantity } from "../ui/number-format.ts"
import { askBalances } from "./account.ts"
import { WatchedOnly } from "./watched-only.tsx"

type Balances = Awaited<ReturnType<typeof askBalances>>

/** What an account has, as its exchange says now, and what that is worth at its last prices. */
export function BalanceList({ accountId }: { accountId: string }) {
  const watched = useWatched(useCallback(() => askBalances(accountId), [accountId]))
  return (
    <section aria-label="What it has" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">What it has</h2>
      <WatchedOnly watched={watched}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="text-ink-soft">Nothing yet.</p>
          ) : (
            <>
              <dl className="grid max-w-120 grid-cols-[auto_1fr_auto] gap-x-6 border-b border-line text-sm">
                {items.map((balance) => (
                  <Coin key={balance.asset} {...balance} />
                ))}
              </dl>
              <Together total={total} hasCoins={items.some(({ asset }) => asset !== total.quote)} />
            </>
          )
        }
      </WatchedOnly>
    </section>
  )
}

function Coin({ asset, free, locked, worth }: Balances["items"][number]) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid border-t border-line py-2">
      <dt className="font-medium text-ink-strong">{plainText(asset, 20)}</dt>
      <dd className="text-right text-ink-strong tabular-nums">
        {formatQuantity(Number(free))} free
        {Number(locked) > 0 && <span className="block text-ink-soft">{formatQuantity(Number(locked))} in orders</span>}
      </dd>
      <dd className="text-right text-ink-soft tabular-nums">
        {worth === null ? "no price" : worth.quote !== asset && `≈ ${formatMoney(Number(worth.amount), worth.quote)}`}
      </dd>
    </div>
  )
}

/** All of it in one money, and what that leaves out; nothing where there is only that money. */
function Together({ total, hasCoins }: { total: Balances["total"]; hasCoins: boolean }) {
  const { timeZone } = usePreferences()
  if (!hasCoins) return null
  const { quote, amount, priceMs, without } = total
  const names = without.slice(0, MOST_NAMED).map((asset) => plainText(asset, 20))
  const more = without.length > MOST_NAMED ? ` and ${without.length - MOST_NAMED} more` : ""
  return (
    <p className="text-sm text-ink-soft">
      <span className="font-medium text-ink-strong tabular-nums">Together ≈ {formatMoney(Number(amount), quote)}</span>
      {priceMs !== null && `, at prices of ${formatClockSeconds(priceMs, timeZone)}`}
      {names.length > 0 && `, without ${names.join(", ")}${more}: no price in ${plainText(quote, 20)} is known`}.
    </p>
  )
}

const MOST_NAMED = 5
