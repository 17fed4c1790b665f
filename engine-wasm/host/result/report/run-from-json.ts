import * as z from "zod/mini"
import { quoted } from "../../candles/foreign-text.ts"
import { plainMessage } from "../../candles/shape-words.ts"
import { exitReasons, rejectedReasons } from "../backtest-result.ts"
import { metricDefinitions } from "../metric-definitions.ts"
import type { MetricsJson } from "../metrics-json.ts"
import { MOST_CURVE_POINTS } from "../report-curve.ts"
import { isCurveWhole } from "./curve-length.ts"
import { lightIds } from "../lights.ts"
import type { RunJson } from "./run-json.ts"

/** Bounds on a stranger's run, far above any honest one. */
const most = {
  rows: 2_000_000,
  groups: 2_000,
  bins: 200,
  sentences: 500,
  text: 70_000,
  name: 500,
  days: 40_000,
  models: 8,
} as const

const time = z.number().check(z.gte(-8.64e15), z.lte(8.64e15))
const text = (letters: number) => z.string().check(z.maxLength(letters))
const list = <Item extends z.ZodMiniType>(item: Item, length: number) => z.array(item).check(z.maxLength(length))
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, "this is no sha256"))
const count = z.number().check(z.gte(0))
const numberOrNull = z.nullable(z.number())

const trade = z.object({
  market: text(most.name),
  side: z.enum(["long", "short"]),
  quantity: z.number(),
  entryTimeMs: time,
  entryPrice: z.number(),
  exitTimeMs: time,
  exitPrice: z.number(),
  exitReason: z.enum([...exitReasons]),
  profit: z.number(),
  profitPercent: z.number(),
  feesPaid: z.number(),
  entryTag: z._default(text(most.text), ""),
})

const rejected = z.object({ timeMs: time, market: text(most.name), reason: z.enum([...rejectedReasons]) })

const group = z.object({
  name: text(most.name),
  tradeCount: count,
  winCount: count,
  drawCount: count,
  lossCount: count,
  winRatePercent: numberOrNull,
  profit: z.number(),
  profitPercent: z.number(),
  averageTradePercent: numberOrNull,
  averageTradeMs: numberOrNull,
  feesPaid: z.number(),
})
const groups = list(group, most.groups)
const bins = list(z.object({ from: z.number(), to: z.number(), count }), most.bins)
const points = list(z.number(), MOST_CURVE_POINTS)
const times = list(time, MOST_CURVE_POINTS)

const accountShape = {
  cash: z.number(),
  feePercent: z.number(),
  slippagePercent: z.number(),
  delayCandles: z.number(),
  fills: text(40),
  minNotional: z.number(),
  leverage: z.number(),
}

const about = z.object({
  name: text(most.name),
  description: text(most.text),
  timeframe: text(20),
  markets: list(text(most.name), 1_000),
  currency: z.optional(text(20)),
  isMadeUp: z.optional(z.literal(true)),
  plan: list(text(most.text), most.sentences),
  dangers: z.optional(list(text(2_000), 20)),
  params: list(z.object({ label: text(most.name), value: z.union([z.number(), z.boolean()]) }), 1_000),
  account: z.object(accountShape),
  candles: z.object({ fromMs: time, toMs: time, count, lengthMs: count }),
  curve: z
    .object({ openTimeMs: times, equity: points, holding: points, underwaterPercent: points })
    .check(z.refine(areOneLength, "its columns differ in length")),
  rollingSharpe: z
    .object({ dayMs: list(time, most.days), sharpe: list(numberOrNull, most.days) })
    .check(z.refine(areOneLength, "its columns differ in length")),
  months: list(
    z.object({ year: z.int(), month: z.int().check(z.gte(1), z.lte(12)), returnPercent: z.number() }),
    12 * 300,
  ),
  dips: list(
    z.object({
      percent: z.number(),
      money: z.number(),
      startMs: time,
      bottomMs: time,
      recoveryMs: z.nullable(time),
      underwaterMs: z.number(),
    }),
    100,
  ),
  lights: list(
    z.object({
      id: z.enum(lightIds),
      level: z.enum(["good", "doubtful", "bad", "unknown"]),
      because: text(2_000),
    }),
    lightIds.length,
  ),
  tables: z.object({
    perMarket: groups,
    perExitReason: groups,
    perMonth: groups,
    perWeekday: groups,
    perHour: groups,
    perRegime: z.optional(list(z.object({ model: text(most.name), groups }), most.models)),
  }),
  profitBins: bins,
  hourBins: bins,
})

const paramValue = z.union([z.number(), z.boolean()])
const setup = z.object({
  document: z.unknown(),
  params: z.record(text(most.name), paramValue),
  account: z.object({
    ...accountShape,
    feeFrom: text(40),
    quantityStep: z.number(),
    priceTick: z.number(),
  }),
  markets: list(z.object({ market: text(most.name), lengthMs: count, priceTick: z.optional(z.number()) }), 1_000),
  fromMs: z.optional(time),
  toMs: time,
})
const samples = list(z.number(), most.rows)
const curve = z
  .object({ openTimeMs: list(time, most.rows), equity: samples, holding: samples })
  .check(z.refine(areOneLength, "its columns differ in length"))

const figure = z.nullable(z.union([z.number(), text(most.name)]))
const run = z.object({
  engine: hash,
  strategy: hash,
  data: hash,
  trades: list(trade, most.rows),
  metrics: z.record(text(100), figure),
  rejected: list(rejected, most.rows),
  format: z.optional(text(60)),
  resultHash: z.optional(hash),
  setup: z.optional(setup),
  curve: z.optional(curve),
  about: z.optional(
    about.check(z.refine(isCurveWhole, { error: "it is too short for the run's candles", path: ["curve", "equity"] })),
  ),
})

function areOneLength(columns: Record<string, unknown[]>): boolean {
  return new Set(Object.values(columns).map((column) => column.length)).size === 1
}

export type RunOrNo = { ok: true; run: RunJson } | { ok: false; because: string }

/** The run in a JSON text, as `candlewright backtest --json` prints one; or why it is none, with the place. */
export function runFromJson(text: string): RunOrNo {
  const read = valueOf(text)
  if (!read.ok) return read
  const { value } = read
  if (typeof value === "object" && value !== null && "error" in value)
    return no(`this is the answer of a backtest that was refused: ${quoted(value.error, 300)}`)
  const checked = run.safeParse(value, { error: plainMessage })
  if (!checked.success) return no(placed(checked.error.issues[0]))
  return { ok: true, run: { ...checked.data, metrics: everyMetric(checked.data.metrics) } }
}

function valueOf(text: string): { ok: true; value: unknown } | { ok: false; because: string } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return no(`this is no JSON (${quoted((error as Error).message, 200)})`)
  }
}

function no(because: string): { ok: false; because: string } {
  return { ok: false, because }
}

/** The first thing that is not as it is in a run, and where. */
function placed({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("")
  if (place === "") return "this is no run; make one with `candlewright backtest … --json`"
  const because = message.charAt(0).toLowerCase() + message.slice(1)
  return `${quoted(place.slice(place.startsWith(".") ? 1 : 0), 100)}: ${because}`
}

/** A run of another version may lack a metric, or bring one nobody here knows. */
function everyMetric(written: Record<string, number | string | null>): MetricsJson {
  const valueOf = ({ key, unit }: (typeof metricDefinitions)[number]) => {
    const value = Object.hasOwn(written, key) ? written[key] : null
    const isRight = unit === "text" || typeof value !== "string" || value === "Infinity" || value === "-Infinity"
    return isRight && !(unit === "text" && typeof value === "number") ? value : null
  }
  return Object.fromEntries(metricDefinitions.map((definition) => [definition.key, valueOf(definition)])) as MetricsJson
}
