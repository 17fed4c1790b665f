// The door of the charts.
export { RunChart } from "./run-chart.tsx"
