import { formatSignedMoney } from "../ui/number-format.ts"

/** A gain or loss with its sign and colour. */
export function SignedMoney({ amount, quote }: { amount: string; quote: string }) {
  const value = Number(amount)
  const ink = value > 0 ? "text-gain" : value < 0 ? "text-loss" : "text-ink-soft"
  return <span className={`${ink} tabular-nums`}>{formatSignedMoney(value, quote)}</span>
}
