// The door of strategies: which there are, and what can be moved in them.
export { ParamsPanel } from "./params-panel.tsx"
export { StrategyLimits } from "./strategy-limits.tsx"
export { templateOf, templates, usualTemplate } from "../run/template-of.ts"
