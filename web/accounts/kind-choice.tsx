import { useId } from "react"
import { classNames } from "../ui/class-names.ts"
import type { Account } from "./account.ts"
import { ModeChip } from "./mode-chip.tsx"

/** Whose money: made up on a made-up market or at Binance's prices, a test network's, or real. */
export type AccountKind = Account["mode"] | "practice"

const kinds: { kind: AccountKind; name: string; words: string }[] = [
  {
    kind: "practice",
    name: "Practice",
    words: "Made-up money at an exchange on this computer. No key, no network, nothing to lose.",
  },
  {
    kind: "paper",
    name: "Paper at Binance's prices",
    words: "Made-up money at real prices, from the network: no real orders, no key, nothing to lose.",
  },
  {
    kind: "testnet",
    name: "Test network",
    words: "Made-up money at the exchange's own test network, with a key of it.",
  },
  { kind: "live", name: "Real money", words: "Your account at an exchange. Its key must not be able to withdraw." },
]

/** The first question of a new account. */
export function KindChoice({ kind, onChange }: { kind: AccountKind; onChange: (kind: AccountKind) => void }) {
  const group = useId()
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm text-ink-soft">Whose money</legend>
      {kinds.map((each) => (
        <label
          key={each.kind}
          className={classNames(
            "flex cursor-pointer items-start gap-3 rounded-md border p-3",
            each.kind === kind ? "border-accent bg-surface-2" : "border-line hover:bg-surface-2",
          )}
        >
          <input
            type="radio"
            name={group}
            className="mt-0.5 size-6 shrink-0 accent-accent-fill md:size-6"
            checked={each.kind === kind}
            onChange={() => onChange(each.kind)}
          />
          <span className="flex min-w-0 flex-col gap-1">
            <span className="flex flex-wrap items-center gap-2 font-medium text-ink-strong">
              {each.name} <ModeChip account={chipOf(each.kind)} />
            </span>
            <span className="text-sm text-ink-soft">{each.words}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function chipOf(kind: AccountKind): Pick<Account, "mode"> & Partial<Account> {
  if (kind === "practice") return { mode: "paper", venue: "practice" }
  return kind === "paper" ? { mode: "paper", venue: "binance" } : { mode: kind }
}
