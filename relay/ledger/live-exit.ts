import { exitReasons, type ExitReason } from "#engine/result"

/** What ends a bot's trade outside its rules: its owner, by a button or at the exchange; or that no stop could be placed. */
export const outsideExits = ["byHand", "noStop"] as const
export type OutsideExit = (typeof outsideExits)[number]

/** What ends a bot's trade: what ends one of a backtest, or what is outside its rules. */
export type LiveExit = ExitReason | OutsideExit

export const liveExits: readonly LiveExit[] = [...exitReasons, ...outsideExits]
