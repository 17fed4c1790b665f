// The door of live markets: the screen and its address, and a chart for other screens.
export { WatchScreen, type WatchSearch } from "./watch-screen.tsx"
export { MarketChart } from "./market-chart.tsx"
