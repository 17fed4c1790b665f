import type { Formula } from "../formula/formula.ts"
import type { DraftStrategy } from "./draft-strategy.ts"
import { isNumber, NotOurs } from "./formula-making.ts"
import type { PineCall } from "./pine-arguments.ts"
import type { PineOrders } from "./pine-orders.ts"
import type { PineScope } from "./pine-scope.ts"
import { formulaOf } from "./pine-value.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

type Parts = { draft: DraftStrategy; scope: PineScope; notes: TranslationNotes; orders: PineOrders }

const limitOf: Record<string, "dailyLossPercent" | "maxDrawdownPercent"> = {
  max_intraday_loss: "dailyLossPercent",
  max_drawdown: "maxDrawdownPercent",
}

/** `strategy.risk.…`: one side only, or a loss after which nothing more is opened. Throws `NotOurs`. */
export function takeRisk(line: ScriptLine, call: PineCall, condition: Formula, parts: Parts) {
  const rule = (call.callee as { name: string }).name.replace("strategy.risk.", "")
  if (!isNumber(condition) || condition.value === 0)
    throw new NotOurs("a limit that is set only under a condition has no equal here")
  if (rule === "allow_entry_in") return allowOnly(call, parts)
  const limit = Object.hasOwn(limitOf, rule) ? limitOf[rule] : undefined
  if (!limit) throw new NotOurs(`there is no limit of this kind here (\`${rule.slice(0, 40)}\`)`)
  takeLoss(line, call, limit, parts)
}

function allowOnly({ positional, named }: PineCall, { scope, orders }: Parts) {
  const value = named.get("value") ?? positional[0]
  const side = value && formulaOf(value, scope)
  if (side?.kind !== "text") throw new NotOurs("the direction is not said outright")
  if (side.text === "long" || side.text === "short") orders.allowOnly(side.text)
}

function takeLoss(
  line: ScriptLine,
  { positional, named }: PineCall,
  limit: "dailyLossPercent" | "maxDrawdownPercent",
  { draft, scope, notes }: Parts,
) {
  const [value, type] = [named.get("value") ?? positional[0], named.get("type") ?? positional[1]]
  if (type?.kind !== "name" || type.name !== "strategy.percent_of_equity")
    throw new NotOurs("a loss in money depends on the account; set it in percent")
  const percent = value && scope.fixed(formulaOf(value, scope))
  if (percent === undefined) throw new NotOurs("the loss is not said")
  draft.proveParts({ limits: { [limit]: percent } })
  draft.limits[limit] = percent
  notes.left(
    line,
    "TradingView also closes what is open at this loss; here it stays under its own stop, and nothing more is opened",
  )
}
