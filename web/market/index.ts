// The door of markets: the screen, and what backtests ask for.
export { DataScreen } from "./data-screen.tsx"
export { quoteCurrency } from "./market-name.ts"
export { loadSampleCandles, sampleMarket } from "./sample-market.ts"
export { timeframeName, useMarkets } from "./use-markets.ts"
