import { plainText } from "#engine/candles"
import { isSaidFor, type Reply } from "#engine/idea"
import { changesInWords, formulaInWords, type RulePlace, type StrategyDocument } from "#engine/strategy"
import { joinsAt } from "./rule-joins.ts"
import { type Condition, matchedAt } from "./rule-conditions.ts"
import { actOf, readInNumbers, rulePlaces } from "./rule-differences.ts"

/** More than these are another strategy. */
const MOST_ADDITIONS = 8

/**
 * What a model's rules hold that neither the person's words nor the assumptions named beside them do: conditions, and
 * protections, sizes and limits. A model may add them; the person hears of each.
 */
export function additionsOf(reading: Reply, written: StrategyDocument): string[] {
  const both = readInNumbers(reading, written)
  if (both === undefined) return []
  const { mine, its } = both
  const rules = mine.code || its.code ? [] : rulePlaces.flatMap((place) => addedConditions(place, mine, its))
  return [...rules, ...addedBlocks(reading, mine, its), ...largeSize(mine, its)].slice(0, MOST_ADDITIONS)
}

function addedConditions(place: RulePlace, mine: StrategyDocument, its: StrategyDocument): string[] {
  const { added } = matchedAt(place, mine, its)
  if (added.length === 0) return []
  const isEither = place.endsWith("enter") && [...joinsAt(its, place).values()].includes("any")
  const hadAny = [...joinsAt(mine, place).values()].includes("any")
  return [
    ...added.map((each) => `It added: it may ${actOf[place]} when ${conditionWords(each)}.`),
    ...(isEither && !hadAny
      ? [`In the rules one condition is enough to ${actOf[place]}; your words do not say “or”.`]
      : []),
  ]
}

function conditionWords({ text }: Condition): string {
  return plainText(formulaInWords(text, {}), 120)
}

/** What `changesInWords` says of the rules, the markets and the candles is compared elsewhere. */
const blocks = {
  "Stop loss": "protect.stopLoss",
  "Take profit": "protect.takeProfit",
  "Trailing stop": "protect.trailing",
  "Break-even": "protect.breakEven",
  "Enough profit": "protect.roi",
  "Time stop": "protect.timeStop",
  Size: "size",
  "Entry order": "orders",
  "Buying more": "add",
  "Open positions at most": "limits.maxOpenPositions",
  "Candles between trades": "limits.cooldownCandles",
  "Daily loss limit": "limits.dailyLossPercent",
  "Dip limit": "limits.maxDrawdownPercent",
  "Correlation limit": "limits.maxCorrelation",
} as Record<string, string | undefined>

function addedBlocks(reading: Reply, mine: StrategyDocument, its: StrategyDocument): string[] {
  return changesInWords(mine, its).flatMap(({ what, before, after }) => {
    const place = blocks[what]
    if (place === undefined || after === undefined || (what === "Size" && isSameSize(mine.size, its.size))) return []
    const name = plainText(what[0].toLowerCase() + what.slice(1), 40)
    if (before === undefined) return [`It added: ${name} ${after}.`]
    // Where the person said the number, its own check tells.
    return isSaidFor(reading, mine, place)
      ? []
      : [`From your words and the assumptions: ${name} ${before}; the rules have ${after}.`]
  })
}

type Size = StrategyDocument["size"]

/** How much a risk may take at most is not what one says of a size. */
function isSameSize(one: Size, other: Size): boolean {
  const amount = (size: Size) => (size.kind === "quote" ? size.amount : size.percent)
  return one.kind === other.kind && amount(one) === amount(other)
}

const WHOLE_ACCOUNT_PERCENT = 100

function largeSize({ size: mine }: StrategyDocument, { size }: StrategyDocument): string[] {
  const isWhole = (of: Size) => of.kind === "equity" && Number(of.percent) >= WHOLE_ACCOUNT_PERCENT
  if (!isWhole(size) || isWhole(mine)) return []
  return ["This is a large risk: one position takes all of the account."]
}
