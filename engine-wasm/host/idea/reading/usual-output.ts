import type { Operand } from "./operand.ts"
import type { SaidRelation } from "./relation-words.ts"

const usualOutputs: Record<string, string> = {
  macd: "line",
  stoch: "k",
  stochf: "k",
  stochRsi: "k",
  supertrend: "line",
  aroon: "up",
  ichimoku: "conversion",
}

/** Of an indicator with several values the one that people compare. */
export function withUsualOutput(operand: Operand, { way }: SaidRelation): Operand {
  if (operand.output !== undefined)
    return operand.name === "donchian" && operand.output !== "middle" ? { ...operand, ago: 1 } : operand
  if (operand.name === "bbands" || operand.name === "keltner")
    return { ...operand, output: way === "up" ? "upper" : "lower" }
  if (operand.name === "donchian") return { ...operand, output: way === "down" ? "lower" : "upper", ago: 1 }
  const output = usualOutputs[operand.name]
  return output === undefined ? operand : { ...operand, output }
}
