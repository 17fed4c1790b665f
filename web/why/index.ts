// The door of "why?": what stood at a candle, why a run never trades, and being there again.
import { lazy } from "react"

export { NeverTraded, type RuleChange } from "./never-traded.tsx"
export { filledIn, ReportedCandleView } from "./reported-candle.tsx"
export { WhyFrame } from "./why-frame.tsx"
export { WhyPanel } from "./why-panel.tsx"
export { partWords, type ReportedCandle, valueWords, whySentences } from "./why-words.ts"

/** Most results are looked at as a whole: its code comes in when somebody wants to be there again. */
export const ReplayScreen = lazy(async () => ({ default: (await import("./replay-screen.tsx")).ReplayScreen }))
