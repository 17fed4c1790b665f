// The door of the pictures that are not over time.
export { Bars } from "./bars.tsx"
export { Curves, type NamedCurve } from "./curves.tsx"
export { DayLine } from "./day-line.tsx"
export { HeatMap } from "./heat-map.tsx"
export { Histogram } from "./histogram.tsx"
export { MonthHeat } from "./month-heat.tsx"
export { Scatter } from "./scatter.tsx"
export { Sparkline } from "./sparkline.tsx"
