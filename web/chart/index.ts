// The door of the charts.
export { LiveChart, type LivePicture } from "./live-chart.tsx"
export { RunChart } from "./run-chart.tsx"
