import { z } from "@hono/zod-openapi"

/** Every word for programs with which the relay refuses, the statuses it comes with, and what it means. */
export const refusals = {
  // Of a request, whatever it asks for.
  "bad-address": [[400], "The address is not understood: a part of it is missing, unknown or out of its bounds."],
  "no-conditions": [[400], "If-Match and If-Unmodified-Since are not taken: nothing has a version to compare with."],
  "bad-request": [[400], "The body is no JSON."],
  "not-paired": [[401], "Nobody said who asks: no token, no paired browser."],
  "wrong-credential": [[401], "The token, proof or pairing link is wrong, used before, expired or revoked."],
  "stale-proof": [[401], "The proof is of another run of the relay, or of another time; the answer has both."],
  "foreign-page": [[403], "A page of another website asked."],
  "scope-too-small": [[403], "The token is good for less than this needs."],
  "role-too-small": [[403], "The person is here, or shares the account, for less than this needs."],
  "step-up-needed": [[403], "It could lose money, and asks for the person's passkey, shown a moment ago."],
  "passkey-needed": [[403], "From the internet it asks for a passkey, and the person has none."],
  "browser-only": [[409], "Only a paired browser does this, no token."],
  "unknown-address": [[404], "There is nothing at this address."],
  "unknown-id": [[404], "There is no such thing, or it is somebody else's."],
  "no-stream": [[405], "There is no stream at this address."],
  "no-length": [[411], "The request does not say how long it is."],
  "too-large": [[413], "The request is larger than 256 KiB."],
  "not-json": [[415], "The body is not sent as application/json."],
  "without-tls": [[403], "The request names the public address and did not come through its TLS."],
  "wrong-host": [[421], "The request names a host that is not this computer."],
  "not-valid": [[422], "The body is not taken; `field` is the place in it."],
  "too-fast": [[429], "More requests in a second than are answered."],
  "too-many-attempts": [[429], "Too many wrong attempts to come in."],
  "too-many-at-once": [[429], "As many as can be are being answered already."],
  "too-many-streams": [[429, 503], "As many streams as can be are open already."],
  "our-mistake": [[500], "A bug of the relay; the terminal says more."],
  stopped: [[503], "The relay stops, or whoever asked waits no more."],
  stopping: [[503], "The relay stops."],
  "relay-not-ready": [[503], "The relay starts, stops, is locked or has no database; `missing` has each."],
  locked: [[503], "The vault of keys is locked."],
  "disk-refused": [[503], "The disk does not take the file of the kill switch: it is NOT on."],
  "not-built": [[503], "The engine is not built yet."],
  "store-disk-full": [[503], "The disk is full: nothing more can be kept."],
  "store-busy": [[503], "Another program is busy with the database."],
  "store-read-only": [[503], "The database cannot be written."],
  "store-unreachable": [[503], "The database server cannot be reached."],
  "store-damaged": [[503], "The file of the database is damaged."],
  "store-broken": [[503], "The database cannot be used."],
  // Of accounts and their keys.
  "name-taken": [[409], "Another account has this name."],
  "in-use": [[409], "Bots or orders by hand are on this account."],
  "too-many": [[409], "As many of these as can be are there already."],
  "changed-meanwhile": [[409], "It was changed in another place at the same time."],
  "key-in-use": [[409], "Another account here trades with this key's account at the exchange."],
  "key-tampered": [[409], "The kept key is not the one that was put there."],
  "other-account": [[409], "The key opens another account at the exchange than the one traded here."],
  "removed-today": [[409], "The key's account was removed here today; its limits of today go on with it."],
  "key-can-withdraw": [[422], "The key may move money out of the account."],
  "key-cannot-trade": [[422], "The key may not trade spot markets."],
  "key-not-accepted": [[422, 503], "The exchange does not accept the key: a new one (422), or the kept one (503)."],
  "key-unclear": [[503], "The exchange did not say what the key may do."],
  "clock-differs": [[503], "The exchange says that the time of this computer is wrong."],
  "no-key": [[422], "The account has no key."],
  "no-prices": [[422], "The real prices for made-up money cannot be had now."],
  "venue-later": [[422], "Accounts of this kind at this exchange come later."],
  // Of exchanges and their markets.
  "unknown-venue": [[404], "This exchange is not known here."],
  "unknown-market": [[404, 422], "There is no such market: at the address (404), or in the body (422)."],
  "exchange-away": [[502, 503], "The exchange does not answer, or not with what it was asked for."],
  "exchange-late": [[504], "The exchange did not answer in time."],
  "exchange-redirects": [[502], "The exchange sends elsewhere, and the relay does not follow."],
  "answer-too-large": [[502], "The exchange answered with more than is taken."],
  "answer-without-data": [[502], "The exchange answered with something that is no data."],
  "no-room": [[503], "As much as can be held is being fetched already."],
  // Of people.
  "last-owner": [[409], "The first owner has the relay's computer, and stays its owner."],
  // Of bots.
  "not-ready": [[422], "The gate to real money is closed; `gate` has each line of it."],
  "not-confirmed": [[422], "The amount at risk is not confirmed; `gate` has the line."],
  "not-stopped": [[409], "The bot has not ended."],
  "is-ending": [[409], "The bot is ending for good."],
  "has-ended": [[409], "The bot, or the order, has ended."],
  "not-at-work": [[409], "The bot is not at work now."],
  "other-relay": [[409], "Another relay trades on this account."],
  "not-readable": [[409], "The bot's strategy cannot be read any more."],
  "nothing-yet": [[409], "There is nothing to run again yet, or more than can be at once."],
  "not-decided": [[409], "The bot did not decide at this candle."],
  "ignored-already": [[409], "The difference is ignored already."],
  settled: [[409], "The difference has settled itself."],
  "under-way": [[409], "An order is on its way, or the exchange does not answer."],
  "has-changed": [[409], "The exchange says something else by now."],
  "not-bought": [[409], "The coins are not bought back."],
  // Of orders by hand.
  "no-idempotency-key": [[400], "The header Idempotency-Key is missing, or cannot be kept."],
  "key-used": [[409], "The Idempotency-Key stands for another order."],
  "not-running": [[409], "Only a running relay orders."],
  "of-a-bot": [[409], "The order belongs to a bot."],
  "not-cancelled": [[409], "The exchange did not cancel the order."],
  "not-allowed": [[422], "The account, or the moment, does not allow the order."],
  "refused-by-exchange": [[422], "The exchange did not take the order."],
  // Of jobs and models.
  "too-many-jobs": [[429], "As many jobs as can be are waiting or running."],
  "is-watched": [[409], "The model is watched."],
  "not-carried": [[409], "The bot carries no other version of the model."],
  changed: [[409], "The key for a model was changed meanwhile."],
  "model-away": [[503], "The model's server could not be reached."],
} as const satisfies Record<string, [statuses: number[], words: string]>

export type RefusalCode = keyof typeof refusals
/** The statuses that a code comes with. */
export type StatusOf<Code extends RefusalCode> = (typeof refusals)[Code][0][number]
/** A status and its code: "409 too-many". */
export type RefusalName = { [Code in RefusalCode]: `${StatusOf<Code>} ${Code}` }[RefusalCode]

/** What every refusal answers. */
export const problem = z
  .looseObject({
    /** A sentence for a person. */
    error: z.string(),
    code: z
      .enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]])
      .openapi({ "x-enumDescriptions": mapped(([statuses, words]) => `${statuses.join(" or ")}: ${words}`) }),
    /** The place in the body. */
    field: z.string().optional(),
  })
  .openapi("Problem")

function mapped(inWords: (row: (typeof refusals)[RefusalCode]) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(refusals).map(([code, row]) => [code, inWords(row)]))
}
