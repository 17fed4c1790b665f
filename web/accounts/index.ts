// The door of accounts: what the screens of bots need, and the frame of everything that only a paired browser sees.
export { type Account, addPracticeAccount, askAccount, askAccounts, practiceAccount } from "./account.ts"
export { ForTraders } from "./for-traders.tsx"
export { ModeChip } from "./mode-chip.tsx"
export { PairedOnly, Waiting } from "./paired-only.tsx"
export { TradingTabs } from "./trading-tabs.tsx"
export { WatchedOnly } from "./watched-only.tsx"
