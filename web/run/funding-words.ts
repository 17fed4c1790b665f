import { marketsWords } from "./markets-words.ts"

type Held = {
  goesShort: boolean
  leverage: number
  /** Of each market: whether its candles say what is paid while a position is open. */
  markets: readonly { name: string; hasFunding: boolean }[]
}

/** What a run counts for funding, as a part of a sentence; undefined where nothing is held that pays it. */
export function fundingWords({ goesShort, leverage, markets }: Held): string | undefined {
  if (!goesShort && leverage <= 1) return undefined
  const funded = markets.filter(({ hasFunding }) => hasFunding)
  if (!goesShort || funded.length === 0) return "funding not counted (0 % assumed)"
  if (funded.length === markets.length) return "funding of shorts by the candles' own rates"
  const [on, without] = [true, false].map((isFunded) =>
    marketsWords(markets.filter(({ hasFunding }) => hasFunding === isFunded).map(({ name }) => name)),
  )
  return `funding of shorts counted on ${on}, not on ${without} (0 % assumed)`
}
