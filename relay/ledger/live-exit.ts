import { exitReasons, type ExitReason } from "#engine/result"

/** What ends a bot's trade: what ends one of a backtest, or its owner, by a button or at the exchange. */
export type LiveExit = ExitReason | "byHand"

export const liveExits: readonly LiveExit[] = [...exitReasons, "byHand"]
