import * as z from "zod"
import type { VenueId } from "#venues"
import { venues } from "#venues"
import type { Workbench } from "./workbench.ts"

/** One thing an outside assistant can do. What it answers becomes JSON. */
export type AssistantTool<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  description: string
  input: Shape
  run: (bench: Workbench, given: z.infer<z.ZodObject<Shape>>, signal: AbortSignal) => unknown
}

/** Keeps the types of its input while the table has many. */
export function tool<Shape extends z.ZodRawShape>(one: AssistantTool<Shape>): AssistantTool {
  return one as unknown as AssistantTool
}

export const strategyInput = z
  .record(z.string(), z.unknown())
  .describe("A whole strategy document, candlewright.strategy/1; `guide` explains it.")
export const runInput = z.string().max(100).describe("The id of a test.")
export const venueInput = z
  .enum(venues.map(({ id }) => id) as [VenueId, ...VenueId[]])
  .default("practice")
  .describe("Whose candles. practice has made-up prices, for trying things out.")
const moment = z.string().max(40)

/** What a test is of. */
export const testInput = {
  strategy: strategyInput,
  params: z.record(z.string().max(100), z.union([z.number(), z.boolean()])).optional(),
  markets: z.array(z.string().min(1).max(40)).min(1).max(20).optional().describe("The strategy's own unless said."),
  venue: venueInput,
  from: moment.optional().describe("UTC, such as 2026-01-31. Without it: the last 5,000 candles."),
  to: moment.optional(),
  cash: z.number().positive().max(1e12).optional(),
  feePercent: z.number().min(0).max(10).optional(),
  slippagePercent: z.number().min(0).max(10).optional(),
}
