import { Circle, CircleCheck } from "lucide-react"
import type { WrittenStrategy } from "#engine/strategy"
import type { Account } from "../accounts/index.ts"
import { formatMoney, formatPercent } from "../ui/number-format.ts"
import { AmountField } from "../ui/amount-field.tsx"

type GoLiveGateProps = {
  account: Account
  strategy: WrittenStrategy
  cash: string
  quote: string
  /** The amount the person typed, and as they typed it. */
  atRisk: string
  typedAtRisk: string
  problem: string | undefined
  onAtRisk: (text: string) => void
}

/** What must be so before real money moves: what is seen from here, and the amount at risk, typed by hand. */
export function GoLiveGate({
  account,
  strategy,
  cash,
  quote,
  atRisk,
  typedAtRisk,
  problem,
  onAtRisk,
}: GoLiveGateProps) {
  const amount = Number(cash) || 0
  const { dailyLossPercent } = account.risk
  const checks = [
    { is: account.key !== null, words: "The account has a key that cannot withdraw: the relay takes no other." },
    { is: hasStop(strategy), words: "The strategy protects what it buys with a stop." },
    {
      is: dailyLossPercent < 100,
      words: `The account stops for the day after a loss of ${formatPercent(dailyLossPercent)}.`,
    },
    { is: Number(atRisk) === amount && amount > 0, words: "You have typed the amount at risk." },
  ]
  return (
    <section aria-label="Before real money" className="flex flex-col gap-4 border-2 border-mode-live p-4">
      <h2 className="text-base font-semibold text-mode-live">Before real money moves</h2>
      <ul className="flex flex-col gap-2">
        {checks.map(({ is, words }) => (
          <li key={words} className="flex items-start gap-2">
            {is ? (
              <CircleCheck aria-label="Done" className="mt-0.5 size-4 shrink-0 text-gain" />
            ) : (
              <Circle aria-label="Still wanted" className="mt-0.5 size-4 shrink-0 text-warn" />
            )}
            {words}
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-soft">
        Run it on paper for at least seven days or twenty trades first. A backtest says what would have happened, not
        what will.
      </p>
      <AmountField
        label={`Amount at risk, typed by hand: ${formatMoney(amount, quote)}`}
        value={typedAtRisk}
        problem={problem}
        onChange={onAtRisk}
      />
    </section>
  )
}

function hasStop({ protect, code }: WrittenStrategy): boolean {
  return Boolean(code) || (protect?.stopLoss !== undefined && protect.stopLoss.kind !== "none")
}
