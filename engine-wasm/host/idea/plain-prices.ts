import type { IdeaDraft } from "./idea-draft.ts"
import { type Condition, operandsOf } from "./reading/condition.ts"
import { isPrice, numberOperand } from "./reading/operand.ts"

/** Coins that have cost more than one for years: no stop of theirs stands below that. */
const dear = /^(BTC|ETH|BNB|SOL|LTC|BCH|AVAX|LINK|AAVE|XMR|TAO)\b/

/** "Buy under 0.12, stop 0.10, target 0.18": a number without its unit near the entry's price is a price. */
export function settlePlainPrices(draft: IdeaDraft, markets: readonly string[] = draft.markets) {
  const entries = draft.rules.flatMap(({ deed, condition }) => (deed === "enter" ? pricesIn(condition) : []))
  const stop = draft.plainStop
  if (stop) settleStop(draft, stop, { entries, markets })
  const prices = draft.stop && "operand" in draft.stop && stop ? [...entries, stop.value] : entries
  for (const target of draft.targets) {
    const { percent, isPlain } = target
    if (!isPlain || percent === undefined || !isNear(percent, prices)) continue
    target.level = numberOperand(percent)
    delete target.percent
    rename(draft, `target ${percent} %`, `target ${percent}`)
  }
}

type Around = { entries: readonly number[]; markets: readonly string[] }

function settleStop(draft: IdeaDraft, { value, isAt }: { value: number; isAt: boolean }, { entries, markets }: Around) {
  const isCheap = markets.length > 0 && !markets.some((market) => dear.test(market))
  if (isNear(value, entries) || (entries.length === 0 && value < 1 && isAt && isCheap)) {
    draft.stop = { operand: numberOperand(value) }
    return rename(draft, `stop ${value} %`, `stop ${value}`)
  }
  // A percentage or a price: nobody can tell.
  if (value < 1 && (isAt || isCheap)) draft.ask("stop")
}

/** Nobody means to lose more than half, or to win more than three times the price, with a price of the same order. */
function isNear(value: number, prices: readonly number[]): boolean {
  return prices.some((price) => value >= price / 2 && value <= price * 3)
}

/** Numbers that the price is compared with. */
function pricesIn(condition: Condition): number[] {
  if (condition.kind === "joined") return condition.of.flatMap(pricesIn)
  if (condition.kind !== "compare" || !operandsOf(condition).some(isPrice)) return []
  return operandsOf(condition).flatMap(({ name, value }) => (name === "number" && value! > 0 ? [value!] : []))
}

function rename(draft: IdeaDraft, before: string, after: string) {
  for (const each of draft.understood) if (each.meaning === before) each.meaning = after
}
