import { Chip } from "../ui/chip.tsx"
import { type Account, modeChips } from "./account.ts"

type ModeChipProps = { account: Pick<Account, "mode"> & Partial<Pick<Account, "venue" | "isStandIn">> }

/** Whose money it is: PAPER, TESTNET or LIVE, and beside it whether the exchange itself is real. */
export function ModeChip({ account: { mode, venue, isStandIn } }: ModeChipProps) {
  const { look, word } = modeChips[mode]
  if (isStandIn) return <Chip look="grey">{`STAND-IN FOR ${word}`}</Chip>
  const aside = mode === "paper" && venue !== undefined && (venue === "practice" ? "MADE-UP MARKET" : "REAL PRICES")
  return (
    <>
      <Chip look={look}>{word}</Chip>
      {aside && <Chip look="grey">{aside}</Chip>}
    </>
  )
}
