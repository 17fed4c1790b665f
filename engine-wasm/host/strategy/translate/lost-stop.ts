import type { WrittenStrategy } from "../document/strategy-document.ts"
import { topLevel, type ScriptLine } from "./script-token.ts"

const PINE_STOPS = new Set(["stop", "loss", "trail_price", "trail_points"])
/** Where Pine's `strategy.exit` expects `loss`, counted from its first value. */
const PLACE_OF_LOSS = 6

/** A sentence where the script had a stop and the document has none: the first line of it that was not taken over. */
export function lostStop(
  lines: ScriptLine[],
  isMissed: (line: ScriptLine) => boolean,
  { protect }: WrittenStrategy,
): string | undefined {
  const hasStop = (protect?.stopLoss && protect.stopLoss.kind !== "none") || protect?.trailing
  const lost = hasStop ? undefined : lines.find((line) => setsStop(line) && isMissed(line))
  return lost && `This strategy now has no stop: line ${lost.line} set one that could not be taken over.`
}

function setsStop({ tokens }: ScriptLine): boolean {
  const has = (word: string) => tokens.some(({ text }, n) => text === word && tokens[n + 1]?.text === "=")
  if (["stoploss", "trailing_stop"].includes(tokens[0].text)) return true
  if (tokens[0].text === "def") return tokens[1]?.text === "custom_stoploss"
  const exit = tokens.findIndex(({ text }) => text === "strategy.exit")
  if (exit === -1) return false
  const given = topLevel(tokens.slice(exit + 2, -1), ",").length
  return [...PINE_STOPS].some(has) || given >= PLACE_OF_LOSS
}
