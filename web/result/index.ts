// The door of backtests: the screen, and what the home screen shows of it.
export { BacktestScreen } from "./backtest-screen.tsx"
export type { SetupSearch } from "../run/run-setup.ts"
export { RunStatus } from "./run-status.tsx"
export { RunsOfStrategy } from "./runs/runs-of-strategy.tsx"
export { useRun } from "../run/use-run.ts"
export { Verdict, verdictText } from "./verdict.tsx"
