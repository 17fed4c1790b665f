import { z } from "@hono/zod-openapi"
import { QUOTE_DIGITS } from "../accounts/risk.ts"

/** At most four digits after the point, as a number or as text; what else is sent hears all that is allowed. */
const upTo = (most: number, least: number) => {
  const words = `it is a number from ${least} to ${most} with at most four digits after the point`
  const written = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/)
  return z
    .union([z.number(), written.transform(Number)], words)
    .refine((number) => written.safeParse(String(number)).success && number >= least && number <= most, words)
}
const percent = upTo(100, 0.0001)
const wholeUpTo = (most: number) => {
  const words = `it is a whole number from 1 to ${most}, without quotation marks`
  return z.int(words).min(1, words).max(most, words)
}
const amountWords = 'it is an amount above 0 as decimal text, such as "250.50", or null'
const quoteAmount = z
  .string(amountWords)
  .regex(new RegExp(`^(0|[1-9]\\d{0,17})(\\.\\d{1,${QUOTE_DIGITS}})?$`), amountWords)
  .refine((text) => /[1-9]/.test(text), amountWords)
const marketName = z.string().regex(/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/, "it is a market, written like BTC/USDT")
const MOST_MARKETS = 200

const wholeRisk = z.strictObject({
  riskPercent: percent,
  maxPositions: wholeUpTo(1_000),
  maxSharePercent: percent,
  maxCorrelation: upTo(1, 0),
  dailyLossPercent: percent,
  maxDrawdownPercent: percent,
  /** Most quote currency in one order; null: no limit of its own. */
  maxOrderQuote: quoteAmount.nullable(),
  maxOrdersPerMinute: wholeUpTo(10_000),
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
