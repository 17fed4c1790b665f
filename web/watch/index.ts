// The door of live markets: the screen and its address, and a chart, candles and the watchlist for other screens.
export { WatchScreen, type WatchSearch } from "./watch-screen.tsx"
export { MarketChart } from "./market-chart.tsx"
export { type LiveCandles, useLiveCandles } from "./use-live-candles.ts"
export { useWatchlist } from "./use-watchlist.ts"
export { type WatchedMarket, watchKey } from "./watched-market.ts"
