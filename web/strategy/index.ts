// The door of strategies: which there are, what can be moved in them, and the cards that change them.
export { ParamsPanel } from "./params-panel.tsx"
export { RulePanel } from "./rule-panel.tsx"
export { StrategyLimits } from "./strategy-limits.tsx"
export { useDraft, type Draft } from "./use-draft.ts"
export { goesShort, templateOf, templates, usualTemplate } from "../run/template-of.ts"
