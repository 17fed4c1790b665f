import type { RealVenueId } from "#venues"
import { wordsFor } from "../../desk/key-words.ts"
import type { AccountDesk } from "../account-desk.ts"
import { type GateLine, lineOf } from "./gate-line.ts"
import type { Checked } from "./go-live-gate.ts"

/** Whether the account's key, as it is now, can move no money out and may trade. */
export async function keyLine({ exchange }: Pick<AccountDesk, "exchange">, { account }: Checked): Promise<GateLine> {
  const { where, money, trade } = wordsFor[account.venue as RealVenueId]
  const { withdrawing, trading } = await exchange.keyPermissions()
  if (withdrawing)
    return lineOf("key", "accountId", {
      words: "The account's key may move money out by now.",
      todo: `At ${where}, untick ${money}.`,
    })
  if (withdrawing === undefined || trading === undefined)
    return lineOf("key", "accountId", {
      words: `${exchange.name} does not say what the account's key may do.`,
      todo: "Try again later, or put in another key.",
    })
  if (!trading)
    return lineOf("key", "accountId", {
      words: "The account's key may not trade by now.",
      todo: `At ${where}, tick ${trade}.`,
    })
  return lineOf("key", "accountId", { words: "The account's key can trade, and cannot move money out." })
}
