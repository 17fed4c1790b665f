import { functionFamilies } from "../../strategy/formula/function-catalogue.ts"
import type { FunctionArgument, FunctionSpec } from "../../strategy/formula/function-spec.ts"

const language = `Formulas: numbers, names, + - * / %, < <= > >= == !=, and or not, ( ), calls, x[n] (value n candles ago), expr @ 1d (on a longer timeframe; known after that candle closed), condition ? a : b. No assignment, nothing looks ahead.
Values: open high low close volume hl2 hlc3 ohlc4 hour weekday time (UTC; weekday 1 is Monday); in exits also position.profitPercent position.candles position.entryPrice.
A breakout leaves its own candle out: close > highest(high, 20)[1]. "Crosses above" is crossover(a, b). The average of 24 hours on 1h candles is sma(close, 24).
Functions (source is mostly close; outputs after a dot):`

/** All that a model must know of the formula language, below 800 tokens; generated from the functions there are. */
export function functionSheet(): string {
  const families = functionFamilies
    .filter(({ title }) => title !== "Candle patterns")
    .map(({ title, functions }) => `${title}: ${grouped(functions).join("; ")}`)
  const patterns =
    "Candle patterns: TA-Lib's in small letters, such as cdlengulfing() cdlhammer() cdlmorningstar() → -100, 0, 100"
  return [language, ...families, patterns].join("\n")
}

/** Functions with the same arguments and outputs share them. */
function grouped(functions: readonly FunctionSpec[]): string[] {
  const groups = new Map<string, string[]>()
  for (const spec of functions) {
    const rest = `(${spec.arguments.map(argumentText).join(", ")})${spec.outputs.map((output) => ` .${output}`).join("")}`
    groups.set(rest, [...(groups.get(rest) ?? []), spec.name])
  }
  return [...groups].map(([rest, names]) => `${names.join(" ")}${rest}`)
}

function argumentText(argument: FunctionArgument): string {
  return argument.name
}
