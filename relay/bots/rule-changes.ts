import type { NewEvent } from "../ledger/bot-event.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { MarketFacts } from "./market-facts.ts"

type Kind = { name: string; of: (facts: MarketFacts) => string | undefined }

const kinds: Kind[] = [
  { name: "smallest order", of: ({ market }) => worth(market.minNotional, market.quote) },
  { name: "smallest quantity", of: ({ market }) => worth(market.minQuantity, market.base) },
  { name: "step of quantities", of: ({ market }) => worth(market.quantityStep, market.base) },
  { name: "step of prices", of: ({ market }) => worth(market.priceStep, market.quote) },
]

/** What an exchange has changed of a market's sizes, with the size before: news to the bot's owner. */
export function ruleEvents(before: MarketFacts, after: MarketFacts): NewEvent[] {
  const changes = kinds.flatMap(({ name, of }) => {
    const [was, is] = [of(before), of(after)]
    return was === is || is === undefined
      ? []
      : [`the ${name} is ${is} now (${was === undefined ? "there was none" : `it was ${was}`})`]
  })
  if (changes.length === 0) return []
  const { name } = after.market
  return [
    {
      kind: "order",
      words: `${name}: the exchange has changed its rules: ${changes.join(", ")}. The bot goes by them from now on.`,
      about: { market: name },
    },
  ]
}

function worth(amount: string | undefined, asset: string): string | undefined {
  return Number(amount ?? 0) === 0 ? undefined : `${decimalText(Number(amount))} ${asset}`
}
