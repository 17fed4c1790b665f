import type { Account } from "../../accounts/account.ts"
import { type GateLine, lineOf } from "./gate-line.ts"

/** All that a day can lose: no limit. */
const ALL_PERCENT = 100

/** Whether the account stops for the day before everything is lost. */
export function dailyLossLine({ risk: { dailyLossPercent } }: Pick<Account, "risk">): GateLine {
  if (dailyLossPercent < ALL_PERCENT)
    return lineOf("dailyLoss", "accountId", {
      words: `The account stops for the day after a loss of ${dailyLossPercent} %.`,
    })
  return lineOf("dailyLoss", "accountId", {
    words: "The account has no daily loss limit.",
    todo: "Set one below 100 % in its risk settings.",
  })
}
