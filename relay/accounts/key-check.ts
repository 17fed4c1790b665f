import { Refusal } from "../door/refusal.ts"
import { type CopiedKey, keyFault } from "../keys/key-shape.ts"
import { venueOf, type VenueId } from "#venues"
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

/** Throws a `Refusal` for an account that cannot be as wanted, before any exchange is asked. */
export function refuseUnfit({ venue, mode, key }: KeyUser & { key?: CopiedKey }, checkKey: CheckKey | undefined): void {
  if (venue === "practice") {
    if (mode !== "paper")
      throw unfit("mode", `The practice exchange has made-up money only: its accounts have the mode "paper".`)
    if (key) throw unfit("key", "An account at the practice exchange needs no key. Nothing was kept.")
    return
  }
  if (mode === "paper") {
    if (key) throw unfit("key", "Made-up money needs no key of an exchange. Nothing was kept.")
    return
  }
  if (key) refuseMisshapen(venue, key, "key.")
  if (checkKey === undefined) throw realVenuesLater(venue)
  if (mode === "testnet" && venue === "coinbase")
    throw unfit("mode", "Coinbase has no test network. Practise at the practice exchange instead; nothing was kept.")
  if (key === undefined) throw unfit("key", `An account with the mode "${mode}" needs a key.`)
}

/** Throws a `Refusal` for a key the account cannot have, before any exchange is asked. */
export function refuseUnfitKey({ venue, mode }: KeyUser, key: CopiedKey, checkKey: CheckKey | undefined): void {
  if (venue === "practice") throw unfit("", "An account at the practice exchange needs no key. Nothing was kept.")
  if (mode === "paper") throw unfit("", "Made-up money needs no key of an exchange. Nothing was kept.")
  refuseMisshapen(venue, key, "")
  if (checkKey === undefined) throw realVenuesLater(venue)
}

function refuseMisshapen(venue: Exclude<VenueId, "practice">, key: CopiedKey, within: string): void {
  const fault = keyFault(venue, key)
  if (fault) throw unfit(`${within}${fault.field}`, fault.because)
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
