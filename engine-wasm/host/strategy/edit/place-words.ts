import { plainText } from "../../candles/foreign-text.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"

/** A problem of a document as a sentence that begins with its place; of a JSON text, with its line. */
export function problemInWords(document: unknown, { path, because, character, line }: StrategyProblem): string {
  const place = placeInWords(Object(document) as WrittenStrategy, path)
  const text = because.replace(/[.!?]?$/, (end) => end || ".")
  if (line !== undefined && place !== "") return capital(text.replace(TEXT_PLACE, (at) => `${at}, in “${place}”`))
  const where = character === undefined ? "" : `, at character ${character + 1}`
  return place === "" ? capital(text) : `${place}${where}: ${text}`
}

/** What a problem of a JSON text begins with. */
const TEXT_PLACE = /^line \d+, character \d+/

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Where a problem is, as a person knows the place; empty for the whole document. */
export function placeInWords(document: WrittenStrategy, path: string): string {
  const condition = /^(long|short)\.(enter|exit)(?:\.\w+\[(\d+)\])?/.exec(path)
  if (condition) {
    const [, side, part, at] = condition
    const rule = ruleNames[`${side}.${part}`]
    return at === undefined ? rule : `${rule}, condition ${Number(at) + 1}`
  }
  const named = /^(params|series)\.(\w+)/.exec(path)
  if (named?.[1] === "params") return `The slider “${plainText(document.params?.[named[2]]?.label ?? named[2])}”`
  if (named) return `The named value “${named[2]}”`
  const part = Object.keys(partNames).find((each) => path.startsWith(each))
  return part === undefined ? path : partNames[part]
}

const ruleNames: Record<string, string> = {
  "long.enter": "When to buy",
  "long.exit": "When to sell",
  "short.enter": "When to sell short",
  "short.exit": "When to buy back",
}

const partNames: Record<string, string> = {
  long: "When to buy",
  "protect.stopLoss": "The stop loss",
  "protect.takeProfit": "The targets",
  "protect.trailing": "The trailing stop",
  "protect.roi": "The profit that is enough",
  protect: "Protection",
  size: "The size of a position",
  orders: "How it enters",
  add: "Buying more",
  limits: "Limits",
  code: "The code",
  markets: "The markets",
  timeframe: "The timeframe",
  name: "The name",
  description: "The description",
}
