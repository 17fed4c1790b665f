// The door of markets: the screen, and what backtests ask for.
export { DataScreen } from "./data-screen.tsx"
export { timeframeName, useMarkets } from "./use-markets.ts"
