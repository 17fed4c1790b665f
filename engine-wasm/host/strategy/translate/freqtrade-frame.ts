import { isTimeframe } from "../../candles/timeframe.ts"
import type { Formula } from "../formula/formula.ts"
import { named, NotOurs, onTimeframe } from "./formula-making.ts"
import { frameFormula, type FrameScope, type InformativeFrame } from "./freqtrade-value.ts"
import type { ScriptExpression } from "./script-expression.ts"

const inputs = ["open", "high", "low", "close", "volume"]

/** Columns of a higher timeframe in the strategy's own frame: `rsi_1h`, once that candle has closed. */
export function informativeColumns(columns: ReadonlyMap<string, Formula>, timeframe: string): [string, Formula][] {
  const all = new Map([...inputs.map((name) => [name, named(name)] as const), ...columns])
  return [...all].map(([name, formula]) => [
    `${name}_${timeframe}`,
    formula.kind === "text" || formula.kind === "number" ? formula : onTimeframe(formula, timeframe),
  ])
}

/** `self.dp.get_pair_dataframe(pair=metadata["pair"], timeframe="1h")`: the same market on another timeframe. */
export function frameOf(expression: ScriptExpression, scope: FrameScope): InformativeFrame | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return undefined
  if (expression.callee.name !== "self.dp.get_pair_dataframe") return undefined
  const { positional, named: byName } = expression
  const pair = byName.get("pair") ?? positional[0]
  const isOwn = pair?.kind === "index" && pair.of.kind === "name" && pair.of.name === "metadata"
  if (!isOwn) throw new NotOurs("a rule sees its own market only")
  const asked = byName.get("timeframe") ?? positional[1]
  const timeframe = asked && frameFormula(asked, scope)
  if (timeframe?.kind !== "text" || !isTimeframe(timeframe.text)) throw new NotOurs("we do not have this timeframe")
  return { timeframe: timeframe.text, columns: new Map() }
}

/** `merge_informative_pair(dataframe, informative, self.timeframe, "1h", ffill=True)`: the columns it adds. */
export function mergedColumns(expression: ScriptExpression, scope: FrameScope): [string, Formula][] | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return undefined
  if (expression.callee.name !== "merge_informative_pair") return undefined
  const [, other] = expression.positional
  const frame = other?.kind === "name" ? scope.frames.get(other.name) : undefined
  if (!frame) throw new NotOurs("what is merged was not understood")
  return informativeColumns(frame.columns, frame.timeframe)
}
