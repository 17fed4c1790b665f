import { z } from "@hono/zod-openapi"
import { QUOTE_DIGITS } from "../accounts/risk.ts"

/** At most four digits after the point, as a number or as text. */
const exact = (text: string) => /^\d{1,3}(\.\d{1,4})?$/.test(text)
const upTo = (most: number, least: number) =>
  z
    .union([z.number(), z.string().refine(exact).transform(Number)], "it is a plain number, such as 1.5")
    .refine((number) => exact(String(number)), "it is a number with at most four digits after the point")
    .refine((number) => number >= least && number <= most, `it is a number from ${least} to ${most}`)
const percent = upTo(100, 0.0001)
const quoteAmount = z
  .string()
  .regex(new RegExp(`^(0|[1-9]\\d{0,17})(\\.\\d{1,${QUOTE_DIGITS}})?$`), 'an amount is decimal text, such as "250.50"')
  .refine((text) => /[1-9]/.test(text), "an amount above 0 is needed")
const marketName = z.string().regex(/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/, "a market is written like BTC/USDT")
const MOST_MARKETS = 200

const wholeRisk = z.strictObject({
  riskPercent: percent,
  maxPositions: z.int().min(1).max(1_000),
  maxSharePercent: percent,
  maxCorrelation: upTo(1, 0),
  dailyLossPercent: percent,
  maxDrawdownPercent: percent,
  /** Most quote currency in one order; null: no limit of its own. */
  maxOrderQuote: quoteAmount.nullable(),
  maxOrdersPerMinute: z.int().min(1).max(10_000),
  /** null: all. */
  allowedMarkets: z
    .array(marketName)
    .max(MOST_MARKETS)
    .transform((names) => [...new Set(names)].toSorted())
    .nullable(),
  requireStop: z.boolean(),
})

/** Some of the risk settings, as a caller sends them. */
export const someRisk = wholeRisk.partial()

/** All of them, as they are answered. */
export const risk = z.object({
  riskPercent: z.number(),
  maxPositions: z.int(),
  maxSharePercent: z.number(),
  maxCorrelation: z.number(),
  dailyLossPercent: z.number(),
  maxDrawdownPercent: z.number(),
  maxOrderQuote: z.string().nullable(),
  maxOrdersPerMinute: z.int(),
  allowedMarkets: z.array(z.string()).nullable(),
  requireStop: z.boolean(),
})
