import { Chip } from "../ui/chip.tsx"
import { type Account, modeChips } from "./account.ts"

/** Whose money it is: PAPER, TESTNET or LIVE. */
export function ModeChip({ account: { mode } }: { account: Pick<Account, "mode"> }) {
  const { look, word } = modeChips[mode]
  return <Chip look={look}>{word}</Chip>
}
