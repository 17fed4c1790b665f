import { measureChatAnswer } from "./screens/chat-answer.ts"
import { measureDrag, measureDragOfMinutes } from "./screens/drag.ts"
import { measureLayoutShifts } from "./screens/layout-shifts.ts"
import { measureManyTrades } from "./screens/many-trades.ts"
import { openApp } from "./screens/opened-app.ts"
import { measureReplay } from "./screens/replay.ts"
import { measureRuleCards } from "./screens/rule-cards.ts"
import { measureWholeRun } from "./screens/whole-run.ts"

// Prints what the screens cost in a browser, as JSON. Run after a build: npx tsx bench/screens-report.ts Parts may be
// named (chatAnswer, drag, dragMinutes, manyTrades, replay, ruleCards, wholeRun, layoutShifts); WEB is another build's
// folder, to compare with.
const parts = {
  chatAnswer: measureChatAnswer,
  drag: measureDrag,
  dragMinutes: measureDragOfMinutes,
  manyTrades: measureManyTrades,
  replay: measureReplay,
  ruleCards: measureRuleCards,
  wholeRun: measureWholeRun,
  layoutShifts: measureLayoutShifts,
}
const wanted = process.argv.slice(2)
const app = await openApp(process.env.WEB)
const figures: Record<string, number> = {}
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    console.error(`measuring ${name}`)
    Object.assign(figures, await measure(app))
  }
}
console.log(JSON.stringify(figures, null, 2))
await app.close()
