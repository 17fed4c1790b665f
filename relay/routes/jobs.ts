import { createRoute, z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { type AccountSettings, type FillMode, searchMethods, sweepFigures } from "#engine/run"
import type { VenueId } from "#venues"
import { jobKinds, jobStatuses, type JobView } from "../jobs/job.ts"
import type { Jobs } from "../jobs/jobs.ts"
import { marketText } from "./bots.ts"
import { writtenMoment } from "./moment.ts"
import { given, listOf, nothing, oneOf, resource, taken, timeMs, unknown, venueName, whoIn } from "./resource.ts"

const fillModes = ["conservative", "freqtrade", "backtesting.py"] as const satisfies FillMode[]
const value = z.union([z.number(), z.boolean()])
const paramName = z.string().min(1).max(100)
const USUAL_ROWS = 100
const MOST_ROWS = 1_000

/** A number, or the decimal text of one. */
const amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,15}(\.\d{1,15})?$/, 'it is a plain decimal text such as "100" or "0.5"')
    .transform(Number),
])

/** The names of `candlewright backtest`'s options: cash, fee-percent, … */
const settings = z.strictObject({
  cash: amount.optional(),
  feePercent: amount.optional(),
  slippagePercent: amount.optional(),
  delayCandles: amount.optional(),
  fills: z.enum(fillModes).optional(),
  feeFrom: z.enum(["quote", "received"]).optional(),
  leverage: amount.optional(),
  minNotional: amount.optional(),
  quantityStep: amount.optional(),
  priceTick: amount.optional(),
} satisfies Record<keyof AccountSettings, z.ZodType>)

const wantedRun = z.strictObject({
  /** A whole strategy document; the engine's own check says what is wrong with it. */
  strategy: z.looseObject({}),
  params: z.record(paramName, value).optional(),
  markets: z.array(marketText).min(1).max(50).optional(),
  venue: venueName.default("practice" satisfies VenueId),
  /** Trade from here, and leave out candles from there on. Without a beginning: the last 5,000 candles. */
  from: writtenMoment.optional(),
  to: writtenMoment.optional(),
  settings: settings.optional(),
})

const wantedSweep = wantedRun.extend({
  /** Values to try of each param: a list, or from, to and step. */
  vary: z.record(
    paramName,
    z.union([
      z.array(value).min(1).max(10_000),
      z.strictObject({ from: z.number(), to: z.number(), step: z.number().optional() }),
    ]),
  ),
  /** What is best first. */
  rank: z.enum(sweepFigures).default("sharpe"),
  /** Rows with fewer trades stand behind the others. */
  fewestTrades: z.int().min(0).optional(),
  /** How many of the best rows are answered. */
  rows: z.int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
})

/** How to search; with any of these the job does what `candlewright optimise` does. */
const howToSearch = {
  method: z.enum(searchMethods).optional(),
  trials: z.int().optional(),
  seed: z.int().optional(),
  /** What is best: names or formulas; the first decides. */
  objective: z
    .union([
      z
        .string()
        .max(1_000)
        .transform((one) => [one]),
      z.array(z.string().max(1_000)).min(1),
    ])
    .optional(),
  minTrades: z.int().min(0).optional(),
  maxDrawdownPercent: z.number().optional(),
  /** How much of the history, at its end, is locked away and opened once. */
  holdOutPercent: z.number().optional(),
  /** On how many markets with nothing to find the search is tried, at most. */
  coinFlips: z.int().optional(),
}

const wantedOptimisation = wantedSweep.extend(howToSearch)

const listedJob = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  status: z.enum(jobStatuses),
  progress: z.number().min(0).max(1),
  createdMs: timeMs,
  endedMs: timeMs.nullable(),
  /** Why it failed, and the place in the body that is to blame. */
  error: z.string().optional(),
  field: z.string().optional(),
})
/** `result`, an object of many members: what `candlewright backtest --json` answers, `candlewright optimise --json`, or `candlewright sweep --json` with its best rows. */
const job = listedJob.extend({ result: z.object({}).optional() })
const taker = z.object({ id: z.string() })

const routes = {
  backtest: createRoute({
    method: "post",
    path: "/backtests",
    summary: "Run a strategy over the relay's candles; what is missing of them is fetched first",
    request: taken(wantedRun),
    responses: { 202: given("the job", taker) },
  }),
  optimise: createRoute({
    method: "post",
    path: "/optimisations",
    summary:
      "Run a strategy with many values of its params and rank them, or search for good ones and say how much to believe",
    request: taken(wantedOptimisation),
    responses: { 202: given("the job", taker) },
  }),
  list: createRoute({
    method: "get",
    path: "/jobs",
    summary: "Jobs, the newest first, without their results",
    responses: { 200: given("them", listOf(listedJob)) },
  }),
  show: createRoute({
    method: "get",
    path: "/jobs/{id}",
    summary: "A job: how far it is, and its result once it is done",
    request: oneOf("job"),
    responses: { 200: given("it", job) },
  }),
  cancel: createRoute({
    method: "delete",
    path: "/jobs/{id}",
    summary: "Stop a job that has not ended, or forget one that has, with its result",
    request: oneOf("job"),
    responses: { 204: nothing },
  }),
}

/** Long work on the relay's candles. */
export function jobRoutes({ jobs }: { jobs: Jobs }) {
  return resource()
    .openapi(routes.backtest, async (c) => {
      const { from: fromMs, to: toMs, ...wanted } = c.req.valid("json")
      return c.json({ id: await jobs.backtest({ ...wanted, fromMs, toMs }, whoIn(c).person) }, 202)
    })
    .openapi(routes.optimise, async (c) => {
      const { from: fromMs, to: toMs, rows: mostRows, ...body } = c.req.valid("json")
      const wanted = { ...body, fromMs, toMs, mostRows }
      const isSearch = Object.keys(howToSearch).some((name) => Object.hasOwn(body, name))
      const { person } = whoIn(c)
      return c.json({ id: await (isSearch ? jobs.search(wanted, person) : jobs.optimise(wanted, person)) }, 202)
    })
    .openapi(routes.list, async (c) => c.json({ items: await jobs.list(whoIn(c).person), next: null }, 200))
    .openapi(routes.show, async (c) => {
      const found = await jobs.find(c.req.valid("param").id)
      if (found === undefined) throw unknown("job")
      return jobAnswer(c, found)
    })
    .openapi(routes.cancel, async (c) => {
      if (!(await jobs.cancel(c.req.valid("param").id))) throw unknown("job")
      return c.body(null, 204)
    })
}

/** A result is JSON already, and may be large: it is put into the answer as it is. */
function jobAnswer(c: Context, { view, result }: { view: JobView; result: string | null }) {
  const text = JSON.stringify(view)
  const whole = result === null ? text : `${text.slice(0, -1)},"result":${result}}`
  const answer = c.body(whole, 200, { "content-type": "application/json" })
  return answer as unknown as ReturnType<typeof c.json<z.infer<typeof job>, 200>>
}
