import type { DraftStrategy } from "./draft-strategy.ts"
import type { PineCall } from "./pine-arguments.ts"
import type { ScriptExpression } from "./script-expression.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

const places =
  "title shorttitle overlay format precision scale pyramiding calc_on_order_fills calc_on_every_tick".split(" ")
const looks =
  /^(title|shorttitle|overlay|format|precision|scale|max_\w+_(back|count)|explicit_plot_zorder|dynamic_requests|behind_chart)$/
const money =
  /^(initial_capital|commission_\w+|slippage|currency|margin_\w+|risk_free_rate|fill_orders_on_standard_ohlc|use_bar_magnifier|backtest_fill_limits_assumption)$/

/** `strategy("Name", default_qty_type = …)`: name and size; other options get a note where they change the trades. */
export function declare(
  line: ScriptLine,
  { positional, named }: PineCall,
  draft: DraftStrategy,
  notes: TranslationNotes,
) {
  const given = new Map<string, ScriptExpression>(named)
  positional.forEach((value, n) => given.set(places[n] ?? "an argument by place", value))
  const title = given.get("title")
  if (title?.kind === "text" && title.text.trim()) draft.name = title.text.trim()
  notes.left(line, "Pine takes the timeframe of its chart; here it is 1h until you set it")
  takeSize(line, given, draft, notes)
  for (const [word, value] of given) if (!looks.test(word)) takeWord(line, { word, value }, notes)
}

function takeSize(
  line: ScriptLine,
  given: Map<string, ScriptExpression>,
  draft: DraftStrategy,
  notes: TranslationNotes,
) {
  const [kind, amount] = [given.get("default_qty_type"), given.get("default_qty_value")]
  const value = amount?.kind === "number" && amount.value > 0 ? amount.value : undefined
  const kindName = kind?.kind === "name" ? kind.name : "strategy.fixed"
  given.delete("default_qty_type")
  given.delete("default_qty_value")
  if (kindName === "strategy.percent_of_equity") {
    draft.size = { kind: "equity", percent: Math.min(100, value ?? 100) }
    if ((value ?? 100) > 100) notes.left(line, "more than the whole balance cannot be spent here; it is 100 %")
  } else if (kindName === "strategy.cash" && value) draft.size = { kind: "quote", amount: value }
  else notes.left(line, "a fixed number of coins fits one market only; here each entry takes the whole balance")
}

function takeWord(
  line: ScriptLine,
  { word, value }: { word: string; value: ScriptExpression },
  notes: TranslationNotes,
) {
  const isOff = value.kind === "name" && value.name === "false"
  if (isOff) return
  if (money.test(word)) return notes.left(line, "money, fees and slippage are settings of a test, not of a strategy")
  if (word === "pyramiding") {
    if (value.kind !== "number" || value.value > 1)
      notes.missed(line, "several entries in one direction (pyramiding) have no equal here")
  } else if (word === "process_orders_on_close")
    notes.left(line, "Pine trades at this candle's close; here the order reaches the market at the next open")
  else if (word === "calc_on_every_tick")
    notes.left(line, "rules are asked at the close of a candle, never inside it (as in Pine's own backtest)")
  else if (word === "close_entries_rule") notes.left(line, "there is one entry for each position here")
  else notes.missed(line, `\`${word.slice(0, 40)}\` has no equal here`)
}
