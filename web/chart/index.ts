// The door of the charts.
export { type CandleAsking, LiveChart, type LivePicture, type PriceLevel } from "./live-chart.tsx"
export { RunChart } from "./run-chart.tsx"
