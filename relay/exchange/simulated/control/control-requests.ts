import * as z from "zod"
import { scenarioKinds } from "../market/scenario.ts"
import { requestFaults, type RequestFaultName } from "../faults/faults.ts"

// What the control plane takes, checked at its door. Amounts are decimal texts, times and lengths milliseconds.
const amount = z.string().regex(/^\d{1,20}(\.\d{1,8})?$/, "must be a plain decimal of at most 8 places")
const signedAmount = z.string().regex(/^-?\d{1,20}(\.\d{1,8})?$/, "must be a plain decimal of at most 8 places")
const asset = z.string().regex(/^[A-Z0-9]{1,20}$/, "must be an asset such as USDT")
const lengthMs = z.number().int().min(0).max(31_536_000_000)
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
    scheme: z.enum(["HMAC", "ED25519", "RSA"]).default("HMAC"),
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
    openTimeMs: z.number().int(),
    open: amount.optional(),
    high: amount.optional(),
    low: amount.optional(),
    close: amount.optional(),
    volume: amount.optional(),
  }),
  fees: z.strictObject({ maker: amount.optional(), taker: amount.optional(), inBnb: z.boolean().optional() }),
  order: z.record(z.string(), z.string()),
  clock: z.strictObject({
    speed: speed.optional(),
    advanceMs: lengthMs.optional(),
    skewMs: z.number().int().optional(),
  }),
  scenario: z.strictObject({
    kind: z.enum([...scenarioKinds, "down"]),
    symbol: z.string().optional(),
    lastsMs: lengthMs.optional(),
    size: z.number().min(-100).max(0.99).optional(),
  }),
  fault: z.strictObject({
    fault: z.enum(faultNames),
    on: z.string().default("order.place"),
    nth: z.number().int().positive().optional(),
    probability: z.number().min(0).max(1).optional(),
    times: z.number().int().positive().optional(),
    delayMs: lengthMs.optional(),
  }),
  trouble: z
    .strictObject({
      lose: z.number().int().min(0),
      duplicate: z.number().int().min(0),
      reverse: z.number().int().min(0),
      delayMs: lengthMs,
      closeDelayMs: lengthMs,
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
    code: z.number().int().default(1006),
    afterMs: lengthMs.default(1_000),
  }),
  rules: z.partialRecord(
    z.enum([
      "status",
      "tickSize",
      "minPrice",
      "maxPrice",
      "stepSize",
      "minQuantity",
      "maxQuantity",
      "maxMarketQuantity",
      "minNotional",
      "maxNotional",
      "maxPosition",
      "minuteVolume",
      "maxOrders",
      "maxAlgoOrders",
    ]),
    z.union([z.string(), z.number()]),
  ),
  limits: z
    .strictObject({
      weightPerMinute: z.number(),
      ordersPer10Seconds: z.number(),
      ordersPerDay: z.number(),
      rawPer5Minutes: z.number(),
      connectionsPer5Minutes: z.number(),
    })
    .partial(),
  hole: z.strictObject({ symbol: z.string(), fromMs: z.number().int(), toMs: z.number().int() }),
}
