import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import { venueOf } from "#venues"
import { type Account, ModeChip } from "../accounts/index.ts"
import { Select } from "../ui/select.tsx"

type AccountChoiceProps = {
  accounts: Account[]
  accountId: string
  /** The choice of a new practice account. */
  newId: string
  problem: string | undefined
  onChange: (id: string) => void
}

/** Whose money a bot trades. */
export function AccountChoice({ accounts, accountId, newId, problem, onChange }: AccountChoiceProps) {
  const account = accounts.find(({ id }) => id === accountId)
  const hasPractice = accounts.some(({ venue }) => venue === "practice")
  const newOne = { value: newId, label: "A new practice account", hint: "10,000 made-up USDT" }
  return (
    <div className="flex flex-col gap-2">
      <Select
        label="Account"
        value={accountId}
        choices={[
          ...accounts.map(({ id, name, venue }) => ({
            value: id,
            label: plainText(name, 80),
            hint: venueOf(venue).name,
          })),
          ...(hasPractice ? [] : [newOne]),
        ]}
        onChange={onChange}
      />
      {problem !== undefined && (
        <p role="alert" className="text-sm text-loss">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
        <ModeChip account={account ?? { mode: "paper" }} />
        {moneyWords(account)}{" "}
        <Link to="/accounts" className="underline underline-offset-4 hover:text-ink-strong">
          See accounts
        </Link>
      </div>
    </div>
  )
}

/** Whether what a bot has there is real. */
function moneyWords(account: Account | undefined): string {
  if (account === undefined) return "Made by the same press; nothing can be lost."
  if (account.mode === "paper")
    return account.venue === "practice"
      ? "Made-up money: nothing can be lost."
      : "Paper: real prices, no real orders. Nothing can be lost."
  if (account.isStandIn) return "A stand-in on this computer: nothing here is real."
  return account.mode === "testnet" ? "Made-up money of the exchange's test network." : "Real money."
}
