import { type Decimal, least, ONE, times } from "../decimal.ts"

export type Balance = { free: Decimal; locked: Decimal }

/** Money reserved for an order; both legs of an OCO share one. */
export type Lock = { asset: string; amount: Decimal }

/** What a key may do, as the exchange's key page would show it. */
export type Permissions = { reading: boolean; trading: boolean; withdrawing: boolean }

export type Account = {
  id: number
  name: string
  balances: Map<string, Balance>
  /** The part of the locked amounts that is locked for reasons outside the exchange's own orders. */
  lockedOutside: Map<string, Decimal>
  /** Shares of the fill, as decimals: 0.001 is 0.1 %. */
  makerRate: Decimal
  takerRate: Decimal
  /** Pay fees from BNB at 75 % while there is enough. */
  paysFeesInBnb: boolean
  /** Fees come from the quote asset on both sides: a buy pays them on top. Otherwise from what is received. */
  paysFeesInQuote?: boolean
  updatedMs: number
}

const NO_LOCK: Lock = { asset: "", amount: 0n }

/** What an exchange takes of each fill of a fresh account, as decimals: 0.001 is 0.1 %; and from which asset. */
export type Fees = { maker: Decimal; taker: Decimal; isInQuote: boolean }

/** Binance's usual 0.1 %, from the received asset. */
export const usualFees: Fees = { maker: ONE / 1000n, taker: ONE / 1000n, isInQuote: false }

/** An account with nothing in it. */
export function createAccount(id: number, name: string, fees: Fees = usualFees): Account {
  return {
    id,
    name,
    balances: new Map(),
    lockedOutside: new Map(),
    makerRate: fees.maker,
    takerRate: fees.taker,
    paysFeesInBnb: false,
    ...(fees.isInQuote ? { paysFeesInQuote: true } : {}),
    updatedMs: 0,
  }
}

/** The balance of an asset, created at 0 on first use. */
export function balanceOf(account: Account, asset: string): Balance {
  let balance = account.balances.get(asset)
  if (!balance) account.balances.set(asset, (balance = { free: 0n, locked: 0n }))
  return balance
}

/** Adds to (or, negative, takes from) the free amount. The caller has checked that it is available. */
export function credit(account: Account, asset: string, amount: Decimal): void {
  const balance = balanceOf(account, asset)
  balance.free += amount
  if (balance.free < 0n) throw new Error(`account ${account.id} would hold a negative free ${asset}`)
}

/** Reserves money, or returns undefined when not enough is free. */
export function tryLock(account: Account, asset: string, amount: Decimal): Lock | undefined {
  const balance = balanceOf(account, asset)
  if (balance.free < amount) return undefined
  balance.free -= amount
  balance.locked += amount
  return { asset, amount }
}

/**
 * Adds up to `wanted` from the free amount to a lock (a triggered market buy may need more than its stop price
 * promised).
 */
export function topUp(account: Account, lock: Lock, wanted: Decimal): void {
  const balance = balanceOf(account, lock.asset)
  const extra = least(balance.free, wanted)
  balance.free -= extra
  balance.locked += extra
  lock.amount += extra
}

/** Frees what a lock holds above `needed`. */
export function releaseTo(account: Account, lock: Lock, needed: Decimal): void {
  if (lock.amount <= needed) return
  const balance = balanceOf(account, lock.asset)
  balance.locked -= lock.amount - needed
  balance.free += lock.amount - needed
  lock.amount = needed
}

/** Pays out of a lock: the money leaves the account. */
export function spendLocked(account: Account, lock: Lock, amount: Decimal): void {
  const balance = balanceOf(account, lock.asset)
  if (lock.amount < amount || balance.locked < amount)
    throw new Error(`account ${account.id} cannot spend ${lock.asset} it has not locked`)
  lock.amount -= amount
  balance.locked -= amount
}

/** A lock that holds nothing, for orders that wait for another to fill first. */
export function noLock(): Lock {
  return { ...NO_LOCK }
}

export type Commission = { asset: string; amount: Decimal }

/**
 * What a fill costs: from the received asset, truncated to 8 places; or from BNB at 75 % of the rate when the account
 * chose so, BNB's price is known and enough of it is free; or from the quote asset where the exchange takes it there.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/faqs/commission_faq
 */
export function commissionFor(
  account: Account,
  fill: {
    received: string
    amount: Decimal
    quote: Decimal
    quoteAsset: string
    isMaker: boolean
    bnbPrice: Decimal | undefined
  },
): Commission {
  const rate = fill.isMaker ? account.makerRate : account.takerRate
  if (account.paysFeesInQuote) return { asset: fill.quoteAsset, amount: times(fill.quote, rate) }
  if (account.paysFeesInBnb && fill.bnbPrice) {
    const inBnb = (times(fill.quote, rate) * 3n * ONE) / (4n * fill.bnbPrice)
    if (inBnb <= balanceOf(account, "BNB").free) return { asset: "BNB", amount: inBnb }
  }
  return { asset: fill.received, amount: times(fill.amount, rate) }
}
