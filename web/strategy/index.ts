// The door of strategies: which there are, and what can be moved in them.
export { ParamsPanel } from "./params-panel.tsx"
export { templateOf, templates } from "../run/template-of.ts"
