import { expect, test } from "vitest"
import { sourceFiles } from "./source-file.ts"

/** Every file that shows what a test came to, and the one that says beside it that its prices are made up. */
const places: Record<string, string> = {
  "web/home/home-screen.tsx": "itself",
  "web/chat/card-result.tsx": "itself",
  "web/chat/explain/explain.ts": "itself",
  "web/chat/explain/terms.ts": "web/chat/explain/explain.ts",
  "web/result/backtest-screen.tsx": "itself",
  "web/result/setup-panel.tsx": "web/strategy/strategy-facts.tsx",
  "web/result/result-head.tsx": "web/result/backtest-screen.tsx",
  "web/result/verdict.tsx": "web/result/backtest-screen.tsx",
  "web/result/run-result.tsx": "web/result/backtest-screen.tsx",
  "web/result/basics.tsx": "web/result/backtest-screen.tsx",
  "web/result/run-picture.tsx": "web/chart/chart-frame.tsx",
  "web/result/recent-runs.tsx": "itself",
  "web/result/runs/run-row.tsx": "itself",
  "web/result/runs/run-page.tsx": "itself",
  "web/result/runs/compare-screen.tsx": "itself",
  "web/result/runs/run-curves.tsx": "web/result/runs/run-page.tsx",
  "web/robustness/found/shaken/costs-part.tsx": "web/robustness/robustness-screen.tsx",
  "web/robustness/found/held-out-part.tsx": "web/robustness/robustness-screen.tsx",
  "web/robustness/found/trials-part.tsx": "web/robustness/robustness-screen.tsx",
  "web/robustness/found/two-choices.tsx": "web/robustness/robustness-screen.tsx",
  "web/robustness/progress/leader-board.tsx": "web/robustness/robustness-screen.tsx",
  "web/signals/models/card/card-figures.tsx": "web/signals/models/card/forecast-card-view.tsx",
  "web/strategy/strategy-facts.tsx": "itself",
  "web/strategy/templates-screen.tsx": "itself",
  "web/strategy/library/strategy-row.tsx": "itself",
  "web/why/replay-screen.tsx": "itself",
}

/** Pictures that others fill, and live prices, which are no result. */
const others = ["web/figure/month-heat.tsx", "web/figure/sparkline.tsx", "web/watch/watch-row.tsx"]

const shows =
  /totalReturnPercent|\.returnPercent|<(Verdict|VerdictPieces|Sparkline|ResultHead|RunResult|RunCurves|ReplayScreen|StrategyFacts)\b|verdict(Text|Of)\(|resultWords\(|factLines\(|soFar\b|detail\.curve/
const says = /<MadeUpChip|madeUpWords\(/

test("wherever a result is shown, it says when its prices are made up", () => {
  const files = sourceFiles().filter(
    ({ path, isTest }) => !isTest && (/^web\/.*\.tsx$/.test(path) || path.startsWith("web/chat/explain/")),
  )
  const showing = files.filter(({ path, text }) => shows.test(text) && !others.includes(path))
  expect(showing.map(({ path }) => path).sort()).toEqual(Object.keys(places).sort())
  const saying = new Set(files.filter(({ text }) => says.test(text)).map(({ path }) => path))
  const silent = Object.entries(places).filter(([path, by]) => !saying.has(by === "itself" ? path : by))
  expect(silent).toEqual([])
})

test("what is made up has one rule and one look", () => {
  const words = /"(DEMO DATA|MADE UP)"|>(DEMO DATA|MADE UP)</
  const own = sourceFiles().filter(({ path, text, isTest }) => path.startsWith("web/") && !isTest && words.test(text))
  expect(own.map(({ path }) => path)).toEqual(["web/run/made-up.ts"])
})
