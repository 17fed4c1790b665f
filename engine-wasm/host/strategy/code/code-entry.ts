/** The file the compiler begins with: the engine's exports, and the user's class registered with the core. */
export function codeEntry(className: string): string {
  // The core comes first: it must be there before any of the user's code runs.
  return `export { ${engineExports.join(", ")} } from "candlewright/core/index"
import { Strategy } from "candlewright"
import { useStrategy } from "candlewright/core/code/strategies"
import { ${className} } from "./strategy"
export { fuel } from "candlewright/core/code/fuel"
export * from "candlewright/core/code/module"
useStrategy((): Strategy => new ${className}())
`
}

const engineExports = [
  "allocate",
  "mark",
  "release",
  "begin",
  "setMarket",
  "start",
  "advance",
  "finish",
  "equity",
  "records",
  "recordCount",
  "emptyRecords",
  "stateAddress",
  "stateBytes",
  "bookValue",
  "seek",
  "cursor",
  "registerAddress",
  "strategyCount",
  "strategyTimes",
  "showCandles",
  "fillOrder",
  "adoptFill",
  "endOrder",
  "setAccount",
  "setMarketRules",
]

/** An exported class that extends Strategy; `start`: where its name begins in the source. */
export type StrategyClass = { name: string; start: number }

/** The exported classes that extend Strategy, in order. Words inside comments and texts do not count. */
export function strategyClassesOf(source: string): StrategyClass[] {
  const declared = /(\bexport\s+(?:final\s+)?class\s+)([A-Za-z_$][\w$]*)\s+extends\s+Strategy\b/g
  return Array.from(withoutTexts(source).matchAll(declared), ({ index, 1: before, 2: name }) => ({
    name,
    start: index + before.length,
  }))
}

/** The source with every comment and text blanked out; all offsets stay the same. */
export function withoutTexts(source: string): string {
  return source.replace(commentsAndTexts, blank)
}

const commentsAndTexts = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ")
}
