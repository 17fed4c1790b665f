// The door of markets: the screens, and what backtests need.
export { DataScreen } from "./data-screen.tsx"
export { MarketPage } from "./market-page.tsx"
export { marketLike } from "./synthetic/synthetic-make.ts"
export { type MarketChoice, useMarketChoices } from "./use-market-choices.ts"
export { timeframeName, useMarkets } from "./use-markets.ts"
export { useVenueMarkets } from "./use-venue-markets.ts"
