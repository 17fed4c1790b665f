// The door of "why?": what stood at a candle, why a run never trades, and being there again.
export { NeverTraded } from "./never-traded.tsx"
export { WhyPanel } from "./why-panel.tsx"
