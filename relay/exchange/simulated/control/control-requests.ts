import * as z from "zod"
import { DAY_MS } from "#engine/candles"
import { scenarioKinds } from "../market/scenario.ts"
import { symbolStatuses } from "../market/symbol-rules.ts"
import { requestFaults, type RequestFaultName } from "../faults/faults.ts"

/** The last millisecond a Date can represent. */
const MOST_TIME_MS = 8.64e15

// The requests of the control plane, checked on arrival. Amounts are decimal texts, times and lengths milliseconds.
const amount = z.string().regex(/^\d{1,20}(\.\d{1,8})?$/, "must be a plain decimal of at most 8 places")
/** A share, from none to all. */
const share = z.string().regex(/^(0(\.\d{1,8})?|1(\.0{1,8})?)$/, "must be a plain decimal from 0 to 1, such as 0.001")
const signedAmount = z.string().regex(/^-?\d{1,20}(\.\d{1,8})?$/, "must be a plain decimal of at most 8 places")
/** A trading rule, as text or number. */
const rule = z.union([z.number().transform(String), z.string()]).pipe(amount)
const count = z.coerce.number().int().min(0).max(1_000_000)
const symbol = z.string().max(40)
const asset = z.string().regex(/^[A-Z0-9]{1,20}$/, "must be an asset such as USDT")
/** Exchange time: up to a year. */
const lengthMs = z.number().int().min(1).max(31_536_000_000)
/** Real time, which a timer must count: up to a day. */
const delayMs = z.number().int().min(0).max(DAY_MS)
/** Moving time forward means simulating it: a week takes about ten seconds. */
const MOST_ADVANCE_MS = 7 * DAY_MS
const MOST_SKEW_MS = 10 * 31_536_000_000
const MOST_HELD_MESSAGES = 10_000
const timeMs = z.number().int().min(0).max(MOST_TIME_MS)
/** A valid WebSocket close code; 1006 cuts the socket off without one. */
const closeCode = z
  .number()
  .int()
  .refine(
    (code) =>
      [1000, 1001, 1002, 1003].includes(code) || (code >= 1006 && code <= 1014) || (code >= 3000 && code <= 4999),
    {
      error: "must be a WebSocket close code such as 1000, 1006 or 1012",
    },
  )
const speed = z.union([z.literal("stepped"), z.number().positive().max(1_000)])
const permissions = z.object({ reading: z.boolean(), trading: z.boolean(), withdrawing: z.boolean() }).partial()
const faultNames = Object.keys(requestFaults) as [RequestFaultName, ...RequestFaultName[]]

export const controlRequests = {
  account: z.strictObject({
    name: z.string().max(100).default("account"),
    balances: z.record(asset, amount).default({}),
    permissions: permissions.default({}),
  }),
  key: z.strictObject({
    scheme: z.enum(["HMAC", "ED25519", "RSA", "ES256"]).default("HMAC"),
    publicKey: z.string().max(10_000).optional(),
    permissions: permissions.default({}),
  }),
  keyChange: z.strictObject({ permissions: permissions.optional(), isRevoked: z.boolean().optional() }),
  deposit: z.strictObject({ asset, delta: signedAmount }),
  fill: z.strictObject({
    quantity: amount.optional(),
    pieces: z.number().int().min(1).max(1_000).optional(),
    isEndedAfter: z.boolean().optional(),
  }),
  quiet: z.strictObject({ isQuiet: z.boolean() }),
  candles: z.strictObject({ isOverlapping: z.boolean() }),
  correction: z.strictObject({
    openTimeMs: timeMs,
    open: amount.optional(),
    high: amount.optional(),
    low: amount.optional(),
    close: amount.optional(),
    volume: amount.optional(),
  }),
  fees: z.strictObject({ maker: share.optional(), taker: share.optional(), inBnb: z.boolean().optional() }),
  order: z.record(z.string().max(100), z.string().max(1_000)),
  clock: z.strictObject({
    speed: speed.optional(),
    advanceMs: z.number().int().min(0).max(MOST_ADVANCE_MS, "must be at most a week; ask again for more").optional(),
    skewMs: z.number().int().min(-MOST_SKEW_MS).max(MOST_SKEW_MS).optional(),
  }),
  scenario: z.strictObject({
    kind: z.enum([...scenarioKinds, "down"]),
    symbol: symbol.optional(),
    lastsMs: lengthMs.optional(),
    size: z.number().min(-100).max(0.99).optional(),
  }),
  fault: z.strictObject({
    fault: z.enum(faultNames),
    on: z.string().max(100).default("order.place"),
    nth: z.number().int().positive().optional(),
    probability: z.number().min(0).max(1).optional(),
    times: z.number().int().positive().optional(),
    delayMs: delayMs.optional(),
  }),
  trouble: z
    .strictObject({
      lose: z.number().int().min(0),
      duplicate: z.number().int().min(0),
      reverse: z.number().int().min(0).max(MOST_HELD_MESSAGES),
      delayMs,
      closeDelayMs: delayMs,
      isCloseless: z.boolean(),
      badTicks: z.number().int().min(0),
      isFrozen: z.boolean(),
      isPingless: z.boolean(),
      refuseSubscription: z
        .number()
        .int()
        .nullable()
        .transform((code) => code ?? undefined),
    })
    .partial(),
  sockets: z.strictObject({
    do: z.enum(["close", "cut-off", "shut-down"]),
    kind: z.enum(["market", "api", "all"]).default("all"),
    code: closeCode.default(1006),
    afterMs: delayMs.default(1_000),
  }),
  rules: z
    .strictObject({
      status: z.enum(symbolStatuses),
      tickSize: rule,
      minPrice: rule,
      maxPrice: rule,
      stepSize: rule,
      minQuantity: rule,
      maxQuantity: rule,
      maxMarketQuantity: rule,
      minNotional: rule,
      maxNotional: rule,
      priceUp: rule,
      priceDown: rule,
      maxPosition: rule,
      minuteVolume: z.coerce.number().min(0).max(1e12),
      maxOrders: count,
      maxAlgoOrders: count,
      maxOrderLists: count,
      forbidsOpo: z.boolean(),
    })
    .partial(),
  limits: z
    .strictObject({
      weightPerMinute: z.number().min(0),
      ordersPer10Seconds: z.number().min(0),
      ordersPerDay: z.number().min(0),
      rawPer5Minutes: z.number().min(0),
      connectionsPer5Minutes: z.number().min(0),
      publicPerSecond: z.number().min(0),
      privatePerSecond: z.number().min(0),
    })
    .partial(),
  hole: z.strictObject({ symbol, fromMs: timeMs, toMs: timeMs }),
}
