import { type AccountFacts, accountFacts, named, type RealVenueId } from "#venues"

/** What an exchange's page for keys calls things. */
export type KeyWords = {
  where: string
  /** The rights by which money leaves. */
  money: string
  trade: string
  /** How a key is bound to an internet address, as a thing to do. */
  address: string
}

export const wordsFor: Record<RealVenueId, KeyWords> = {
  binance: wordsIn(accountFacts.binance),
  bybit: wordsIn(accountFacts.bybit),
  coinbase: wordsIn(accountFacts.coinbase),
}

function wordsIn({ where, rights, address }: AccountFacts): KeyWords {
  return { where, money: named(rights.never), trade: named(rights.needed), address }
}
