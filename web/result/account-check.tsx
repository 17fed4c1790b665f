import type { SmallAccount } from "#engine/result"
import type { RunReport } from "../run/run-report.ts"
import { formatMoney, formatNumber, formatPercent } from "../ui/number-format.ts"

/** What a small account can really do: with the numbers of the chosen exchange, or a stated assumption. */
export function AccountCheck({ report }: { report: RunReport }) {
  const { accountCheck: check, job, market } = report
  const money = (amount: number) => formatMoney(amount, market.currency)
  if (!check)
    return (
      <p className="max-w-[72ch] text-sm text-ink-soft">
        How large this strategy's orders are is known at each entry only, so it cannot be said beforehand what a small
        account could do. The light “Fits exchange minimums?” counts the orders an exchange would have refused.
      </p>
    )
  const rows = [
    ["Smallest amount", smallestWords(check, money)],
    ["One position", `${money(check.position)} at the start: ${decidedWords[check.decidedBy]}.`],
    ["Positions that fit", fitWords(check, money)],
    [
      "To earn its costs",
      `A trade has to rise by ${formatPercent(check.breakEvenPercent, 2)} before it makes anything: two fees and two slips.`,
    ],
  ]
  return (
    <div className="flex max-w-[72ch] flex-col gap-3 text-sm">
      <dl className="flex flex-col gap-3">
        {rows.map(([name, words]) => (
          <div key={name}>
            <dt className="font-medium text-ink">{name}</dt>
            <dd className="text-ink-soft">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-soft">
        Assumed: the exchange takes orders from {money(job.minOrder)} on. A market may ask for more; choose your
        exchange in the run settings.
      </p>
    </div>
  )
}

const decidedWords: Record<SmallAccount["decidedBy"], string> = {
  rule: "the strategy's own size decides it",
  cap: "the cap on one position decides it, the strategy's rule would take more",
  cash: "the money there is decides it, the strategy's rule would take more",
}

function smallestWords({ smallestPosition }: SmallAccount, money: (amount: number) => string): string {
  return `Buy for at least ${money(smallestPosition)}: the exchange's minimum, and enough above it that a sale at the stop is not refused.`
}

function fitWords(check: SmallAccount, money: (amount: number) => string): string {
  const { fits, positionsThatFit, positionsWanted, cashNeeded } = check
  if (fits)
    return positionsThatFit < positionsWanted
      ? `${formatNumber(positionsThatFit)} at once, though the strategy would hold up to ${formatNumber(positionsWanted)}.`
      : `${formatNumber(positionsThatFit)} at once, all the strategy would hold.`
  return cashNeeded === null
    ? "None: the strategy's fixed amount is too small. Raise it."
    : `None: a position would be too small. Start with about ${money(cashNeeded)} or more.`
}
