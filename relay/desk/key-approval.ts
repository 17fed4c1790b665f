import type { RealVenueId } from "#venues"
import type { CheckKey, KeyVerdict, UnfitKeyCode } from "../accounts/key-check.ts"
import { openExchange } from "../exchange/ccxt/ccxt-exchange.ts"
import { type Exchange, ExchangeUnreachable } from "../exchange/exchange.ts"
import type { Gate } from "../exchange/gate.ts"
import type { Surroundings } from "../surroundings.ts"
import { wordsFor, type KeyWords } from "./key-words.ts"
import { silenceVerdict } from "./key-silence.ts"
import type { Way, VenueWays } from "./venue-ways.ts"

type ApprovalDeps = { ways: Pick<VenueWays, "to">; surroundings: Surroundings }

/** Asks the exchange of an account what a key may do, before the key is kept. Nothing but questions leaves here. */
export function keyApproval({ ways, surroundings }: ApprovalDeps): CheckKey {
  return async (account, key) => {
    const way = ways.to(account)
    const exchange = await openExchange({ ...way, ...key, clock: surroundings, gate: questionsOnly })
    try {
      return await verdictAt(exchange, way)
    } catch (error) {
      if (error instanceof ExchangeUnreachable) return silenceVerdict(error, exchange.name, wordsOf(way))
      throw error
    } finally {
      await exchange.close()
    }
  }
}

const UNCLEAR_WAIT_S = 30

/** Lets out what changes nothing. */
export const questionsOnly: Gate = ({ kind }) => {
  if (kind !== "read") throw new Error("only questions are asked here")
}

function wordsOf({ venue }: Way): KeyWords {
  return wordsFor[venue as RealVenueId]
}

async function verdictAt(exchange: Exchange, way: Way): Promise<KeyVerdict> {
  const { name } = exchange
  const { where, money, trade, address } = wordsOf(way)
  const { reading, trading, withdrawing, isBoundToAddress, ofAccount } = await exchange.keyPermissions()
  if (withdrawing === true)
    return no(
      "key-can-withdraw",
      `This key may move money out of the account, and Candlewright takes no such key. At ${where}, untick ${money}, save, and put the key in again. Nothing was kept.`,
    )
  if (reading === false || trading === false)
    return no(
      "key-cannot-trade",
      `This key may not trade spot markets. At ${where}, tick ${trade}, save, and put the key in again. Nothing was kept.`,
    )
  // Where nothing tells what a key may do, its account must at least open to it.
  if (trading === undefined || withdrawing === undefined) return unsaid(exchange, way, ofAccount)
  if (isBoundToAddress === true) return { ok: true, ofAccount }
  const bound =
    isBoundToAddress === false
      ? "works from every internet address"
      : "may work from every internet address: the exchange does not say"
  return {
    ok: true,
    ofAccount,
    warnings: [`This key of ${name} ${bound}. Whoever copies it can trade with it. At ${where}, ${address}.`],
  }
}

/** A test network has nothing to lose; elsewhere a key that may do nobody knows what is not taken. */
async function unsaid(exchange: Exchange, { isTestnet }: Way, ofAccount?: string): Promise<KeyVerdict> {
  const { name } = exchange
  if (!isTestnet)
    return {
      ok: false,
      code: "key-unclear",
      because: `${name} did not say what this key may do, and Candlewright takes none unseen. Nothing was kept; try again later.`,
      retryAfterS: UNCLEAR_WAIT_S,
    }
  await exchange.balances()
  return {
    ok: true,
    ofAccount,
    warnings: [
      `The key works, but ${name} does not say what it may do: whether it may trade shows at the first order. There is no real money on a test network.`,
    ],
  }
}

function no(code: UnfitKeyCode, because: string): KeyVerdict {
  return { ok: false, code, because }
}
