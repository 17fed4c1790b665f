// The door of the charts.
export { type ChartColumns, chartColumns } from "./chart-columns.ts"
export { RunChart } from "./run-chart.tsx"
