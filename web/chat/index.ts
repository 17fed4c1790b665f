// The door of the chat: the way into it from what is on another screen, and readings of a market. The chat itself
// comes with its route.
export { AnalysisCard } from "./analysis/analysis-card.tsx"
export { keptOpinion } from "./analysis/kept-opinion.ts"
export { AskAbout } from "./ask-about.tsx"
