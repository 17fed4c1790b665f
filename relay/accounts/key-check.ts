import { Refusal } from "../door/refusal.ts"
import { type CopiedKey, keyFrom } from "../keys/key-shape.ts"
import { accountFacts, venueOf, type VenueId } from "#venues"
import type { Mode } from "./account.ts"
import { followsRealPrices } from "./exchange-kind.ts"

/** Where a key is to be used. */
export type KeyUser = { venue: VenueId; mode: Mode }

export type UnfitKeyCode = "key-not-accepted" | "key-can-withdraw" | "key-cannot-trade"

/** What an exchange says of a key. With `retryAfterS` it could not be asked, and nothing is wrong with the key. */
export type KeyVerdict =
  | { ok: true; warnings?: string[]; ofAccount?: string }
  | { ok: false; code: UnfitKeyCode; because: string; retryAfterS?: undefined }
  | { ok: false; code: "exchange-away" | "clock-differs" | "key-unclear"; because: string; retryAfterS: number }

/** Asks the exchange what a key may do. Without one, no account takes a key. */
export type CheckKey = (account: KeyUser, key: CopiedKey) => Promise<KeyVerdict>

/**
 * The key of a wanted account, mended; throws a `Refusal` for an account that cannot be as wanted, before any exchange
 * is asked.
 */
export function fittingKey(
  { venue, mode, key: pasted }: KeyUser & { key?: CopiedKey },
  checkKey: CheckKey | undefined,
): CopiedKey | undefined {
  if (venue === "practice") {
    if (mode !== "paper")
      throw unfit("mode", `The practice exchange has made-up money only: its accounts have the mode "paper".`)
    if (pasted) throw unfit("key", "An account at the practice exchange needs no key. Nothing was kept.")
    return undefined
  }
  if (mode === "paper") {
    if (pasted) throw unfit("key", "Made-up money needs no key of an exchange. Nothing was kept.")
    return undefined
  }
  const key = pasted && wellShaped(venue, pasted, "key.")
  if (checkKey === undefined) throw realVenuesLater(venue)
  const { testNetwork } = accountFacts[venue]
  if (mode === "testnet" && !testNetwork.isThere) throw unfit("mode", `${testNetwork.words} Nothing was kept.`)
  if (key === undefined) throw unfit("key", `An account with the mode "${mode}" needs a key.`)
  return key
}

/** Another key of an account, mended; throws a `Refusal` for one the account cannot have, before any exchange is asked. */
export function fittingNewKey({ venue, mode }: KeyUser, pasted: CopiedKey, checkKey: CheckKey | undefined): CopiedKey {
  if (venue === "practice") throw unfit("", "An account at the practice exchange needs no key. Nothing was kept.")
  if (mode === "paper") throw unfit("", "Made-up money needs no key of an exchange. Nothing was kept.")
  const key = wellShaped(venue, pasted, "")
  if (checkKey === undefined) throw realVenuesLater(venue)
  return key
}

function wellShaped(venue: Exclude<VenueId, "practice">, pasted: CopiedKey, within: string): CopiedKey {
  const read = keyFrom(venue, pasted)
  if (!read.ok) throw unfit(`${within}${read.fault.field}`, read.fault.because)
  return read.key
}

function realVenuesLater(venue: VenueId): Refusal {
  return new Refusal(
    422,
    "venue-later",
    `Accounts at ${venueOf(venue).name} come later: this Candlewright cannot ask yet what a key may do, and takes none unseen. Nothing was kept. An account with the venue "practice" works now.`,
    { field: "venue" },
  )
}

/** Starts the paper exchange where it does not run yet, and says whether it has real prices now. */
export type OpenPaper = () => Promise<boolean>

/** Throws a `Refusal` for made-up money at real prices where there are none. */
export async function refuseWithoutPrices(wanted: KeyUser, openPaper: OpenPaper | undefined): Promise<void> {
  if (!followsRealPrices(wanted)) return
  if (wanted.venue !== "binance" || openPaper === undefined) throw paperLater(wanted.venue)
  if (await openPaper()) return
  throw new Refusal(
    422,
    "no-prices",
    `Binance's prices cannot be had now: the network, or Binance, does not answer. Nothing was changed. Try again when it does, or take a practice account (the venue "practice"): its market is made up and needs no network.`,
    { field: "venue" },
  )
}

/** Made-up money at real prices is there for Binance alone. */
export function paperLater(venue: VenueId): Refusal {
  const instead = venue === "binance" ? "" : `at Binance's prices (the venue "binance") or `
  return new Refusal(
    422,
    "venue-later",
    `Made-up money does not trade at the prices of ${venueOf(venue).name} here. Nothing was kept. It trades ${instead}at the practice exchange (the venue "practice"), with the mode "paper".`,
    { field: "venue" },
  )
}

function unfit(field: string, because: string): Refusal {
  return new Refusal(422, "not-valid", because, field === "" ? {} : { field })
}
