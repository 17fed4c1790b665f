import type { StrategyDocument } from "./strategy-document.ts"

/** What an order in code may set itself; what it leaves out comes from the document. */
export type OrderTerm = "stop" | "target" | "size"

/** Words without which no code can set the term: the order's methods and fields have them in their names. */
const wordsOf: Record<OrderTerm, RegExp> = {
  stop: /stop/i,
  target: /target/i,
  size: /quantity|percent|units/i,
}

/** Whether the code may set this term of an order itself, in place of the document's. */
export function mayCode(code: StrategyDocument["code"], term: OrderTerm): boolean {
  return code !== undefined && wordsOf[term].test(code.source)
}
