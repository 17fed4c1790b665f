import { NotOurs } from "./formula-making.ts"
import type { ScriptExpression } from "./script-expression.ts"
import { topLevel, type ScriptToken } from "./script-token.ts"

export type PineCall = Extract<ScriptExpression, { kind: "call" }>

/** Each call's arguments, in Pine's order; names after a slash are older spellings. */
const orders: Record<string, string> = {
  "strategy.entry": "id direction/long qty limit stop oca_name oca_type comment when alert_message disable_alert",
  "strategy.close": "id comment qty qty_percent alert_message immediately when disable_alert",
  "strategy.close_all": "comment alert_message immediately when disable_alert",
  "strategy.exit":
    "id from_entry qty qty_percent profit limit loss stop trail_price trail_points trail_offset oca_name comment when " +
    "comment_profit comment_loss comment_trailing alert_message alert_profit alert_loss alert_trailing disable_alert",
}

/** Until version 4 the condition came first. */
const oldOrders: Record<string, string> = {
  "strategy.close": "id when comment qty qty_percent alert_message",
  "strategy.close_all": "when comment alert_message",
}

/** The arguments of an order call by Pine's names, without `na` and empty ones. Throws `NotOurs`. */
export function orderArguments(call: PineCall, name: string, version: number): Map<string, ScriptExpression> {
  const order = (version < 5 && oldOrders[name]) || orders[name]
  const places = order.split(" ").map((one) => one.split("/"))
  const given = new Map<string, ScriptExpression>()
  call.positional.forEach((value, n) => {
    if (!places[n]) throw new NotOurs("the order is given more than it takes")
    given.set(places[n][0], value)
  })
  for (const [word, value] of call.named) {
    const place = places.find((names) => names.includes(word))
    if (!place) throw new NotOurs(`\`${word}\` is not an order option we know`)
    given.set(place[0], value)
  }
  for (const [word, value] of given) if (value.kind === "name" && value.name === "na") given.delete(word)
  return given
}

/** Options that rules leave aside: what an order is called, and how much it is for. */
const leftAside = /^(qty|comment\w*|alert_\w+)$/

/**
 * An order's tokens without the options that rules leave aside, which may use anything. An exit's are read one by one,
 * so that one of them costs itself only.
 */
export function withoutWords(tokens: ScriptToken[]): ScriptToken[] {
  if (tokens[0]?.text === "strategy.exit") return []
  if (tokens[0]?.text !== "strategy.entry" || tokens[1]?.text !== "(") return tokens
  const inside = tokens.slice(2, -1)
  const edges = [-1, ...topLevel(inside, ","), inside.length]
  const options = edges.slice(1).map((end, n) => inside.slice(edges[n] + 1, end))
  return options.filter(([word, equals]) => !(equals?.text === "=" && leftAside.test(word.text))).flat()
}
