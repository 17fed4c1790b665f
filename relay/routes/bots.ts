import { createRoute, z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { dangerKinds } from "#engine/strategy"
import type { Accounts } from "../accounts/accounts.ts"
import { botCommands } from "../bots/bot-command.ts"
import type { Bots } from "../bots/bots.ts"
import { gateLines } from "../bots/gate/gate-line.ts"
import { causes } from "../bots/parity-differences.ts"
import type { Parity } from "../bots/parity.ts"
import { onlyShared, reachesTo } from "../door/matters.ts"
import { botStatuses } from "../ledger/bot-record.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { Access } from "../people/access.ts"
import type { People } from "../people/people.ts"
import { refuseWithoutStepUp } from "./step-up.ts"
import { why, whyAnswer } from "./bot-why.ts"
import { equityPoint, exchange } from "./history.ts"
import { LAST_MS } from "./moment.ts"
import {
  actorOf,
  given,
  givenName,
  listOf,
  nothing,
  oneOf,
  resource,
  taken,
  timeMs,
  unknown,
  whoIn,
  wholeNumber,
} from "./resource.ts"

/** Quote currency, base units or a price. */
export const amountText = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,8})?$/, 'it is a plain decimal text such as "100" or "0.5"')
const signedText = z.string()
const hash = z.string()
export const marketText = z.string().min(1).max(40)

const wantedBot = z.strictObject({
  accountId: z.string().min(1).max(100),
  /** A whole strategy document; the engine's own check says what is wrong with it. */
  strategy: z.looseObject({}),
  markets: z.array(marketText).min(1).max(50),
  params: z.record(z.string().max(100), z.union([z.number(), z.boolean()])).optional(),
  cash: amountText.refine((text) => Number(text) > 0, "it is more than nothing"),
  name: givenName.optional(),
  /** With real money: the amount typed by hand, and `without paper` by who has not tried it on paper. */
  confirm: z
    .strictObject({ amountAtRisk: amountText.optional(), withoutPaper: z.string().max(100).optional() })
    .optional(),
})

/** What stands between a strategy and real money. */
const gate = z.object({
  isOpen: z.boolean(),
  lines: z.array(
    z.object({
      line: z.enum(gateLines),
      isMet: z.boolean(),
      words: z.string(),
      /** What to do where it is not met. */
      todo: z.string().nullable(),
      /** The place in the body that it is about. */
      field: z.string(),
      /** What to type, and where, to go without it; null: nobody goes without it. */
      override: z.object({ field: z.string(), phrase: z.string() }).nullable(),
    }),
  ),
})

const position = z.object({
  market: z.string(),
  quantity: amountText,
  entryPrice: amountText,
  price: amountText,
  /** Where its stop waits at the exchange; null where none does. */
  stopPrice: amountText.nullable(),
  /** Why that is not as it should be, in words; null where all is well. */
  stopMissing: z.string().nullable(),
  targetPrice: amountText.nullable(),
  unrealised: signedText,
})

export const bot = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  status: z.enum(botStatuses),
  haltedBecause: z.string().nullable(),
  hashes: z.object({ engine: hash, strategy: hash, params: hash }),
  timeframe: z.string(),
  markets: z.array(z.string()),
  params: z.record(z.string(), z.union([z.number(), z.boolean()])),
  /** What of its strategy can cost more than one thinks: `kind` for programs, `because` in words. */
  dangers: z.array(z.object({ kind: z.enum(dangerKinds), because: z.string() })),
  /** What else to know of it, in words: models that another engine trained than the one it runs on. */
  notes: z.array(z.string()),
  cash: amountText,
  createdMs: timeMs,
  /** When the relay's computer last saw it at work, by its own clock; the other times of a bot are its exchange's. */
  heartbeatMs: timeMs.nullable(),
  nextDecisionMs: timeMs.nullable(),
  positions: z.array(position),
  /** What the exchange lacks of its positions and its owner has not answered yet: `GET /api/reconcile`. */
  differences: z.int().min(0),
  equity: signedText,
  /** When the prices were that it is worth this by; null where it holds nothing, or has yet to hear of any. */
  pricedMs: timeMs.nullable(),
  pnlToday: signedText,
  pnlTotal: signedText,
  /** Why it did, or did not do, what it did last. */
  lastReason: z.string(),
  exchange,
})

const parity = z.object({
  /** The bot decided as its backtest did, and the same candles and fills lead to the state it has. */
  identicalDecisions: z.boolean(),
  /** The same candles and fills lead to the state it has, to the last bit. */
  isRepeatable: z.boolean(),
  differences: z.array(
    z.object({ what: z.string(), because: z.string(), cause: z.enum(causes), costQuote: signedText }),
  ),
  trades: z.object({ live: z.int(), backtest: z.int() }),
  /** How many closes it has decided on. */
  candles: z.int(),
  /** What the backtest was worth at closed candles, thinned; the newest first. */
  backtestEquity: z.array(equityPoint),
})

function parityAnswer({ backtestEquity, ...told }: Parity): z.infer<typeof parity> {
  return { ...told, backtestEquity: backtestEquity.map(({ atMs, equity }) => ({ atMs, equity: decimalText(equity) })) }
}

const command = {
  params: oneOf("bot").params.extend({ command: z.enum(botCommands, "There is no such command.") }),
}

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Bots, the newest first",
    responses: { 200: given("them", listOf(bot)) },
  }),
  deploy: createRoute({
    method: "post",
    path: "/",
    summary: "Deploy a strategy to an account; with real money, once its gate is open",
    request: taken(wantedBot),
    responses: { 201: given("the bot", bot) },
  }),
  gate: createRoute({
    method: "post",
    path: "/gate",
    summary: "What a deployment with real money still wants, line by line; nothing is started",
    request: taken(wantedBot),
    responses: { 200: given("the lines, none where money is made up", gate) },
  }),
  show: createRoute({
    method: "get",
    path: "/{id}",
    summary: "One bot: its state, positions, profit, and why it did what it did last",
    request: oneOf("bot"),
    responses: { 200: given("it", bot) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Remove a bot that has ended",
    request: oneOf("bot"),
    responses: { 204: nothing },
  }),
  parity: createRoute({
    method: "get",
    path: "/{id}/parity",
    summary: "Its period run again: whether it decides the same, and each difference from a backtest with its cost",
    request: oneOf("bot"),
    responses: { 200: given("the comparison", parity) },
  }),
  why: createRoute({
    method: "get",
    path: "/{id}/why",
    summary: "Why it did, or did not, trade at a candle: what its engine saw there, and what happened until the next",
    request: {
      ...oneOf("bot"),
      query: z.object({
        /** Any moment of the candle, UTC ms; the last that it decided on unless said. */
        atMs: wholeNumber(0, LAST_MS).optional(),
        /** One of its markets; the first unless said. */
        market: marketText.optional(),
      }),
    },
    responses: { 200: given("the candle as the bot saw it", why) },
  }),
  command: createRoute({
    method: "post",
    path: "/{id}/{command}",
    summary: "pause entries · resume them · close: sell all and pause · stop: sell all and end",
    request: command,
    responses: { 200: given("the bot", bot) },
  }),
}

type BotRoutesDeps = { bots: Bots; access: Access; accounts: Accounts; people: People }

/** Strategies that trade on accounts. */
export function botRoutes({ bots, access, accounts, people }: BotRoutesDeps) {
  return resource()
    .openapi(routes.list, async (c) => {
      const reachOf = await access.accounts(whoIn(c))
      const items = (await bots.list()).filter(({ accountId }) => reachOf(accountId) !== undefined)
      return c.json({ items, next: null }, 200)
    })
    .openapi(routes.deploy, async (c) => {
      await refuseForeign(access, c, c.req.valid("json"))
      const account = await accounts.find(c.req.valid("json").accountId)
      if (account?.mode === "live") await refuseWithoutStepUp(c, people)
      return c.json(await bots.deploy(c.req.valid("json"), actorOf(c)), 201)
    })
    .openapi(routes.gate, async (c) => {
      await refuseForeign(access, c, c.req.valid("json"))
      const lines = await bots.gate(c.req.valid("json"))
      return c.json({ isOpen: lines.every(({ isMet }) => isMet), lines }, 200)
    })
    .openapi(routes.show, async (c) => c.json(found(await bots.find(c.req.valid("param").id)), 200))
    .openapi(routes.remove, async (c) => {
      if (!(await bots.remove(c.req.valid("param").id, actorOf(c)))) throw unknown("bot")
      return c.body(null, 204)
    })
    .openapi(routes.parity, async (c) =>
      c.json(parityAnswer(found(await bots.periods.parity(c.req.valid("param").id))), 200),
    )
    .openapi(routes.why, async (c) => {
      const answer = found(await bots.periods.why(c.req.valid("param").id, c.req.valid("query")))
      return c.json(whyAnswer(answer), 200)
    })
    .openapi(routes.command, async (c) => {
      const { id, command } = c.req.valid("param")
      return c.json(found(await bots.command(id, command, actorOf(c))), 200)
    })
}

/** Throws a `Refusal` for an account that the caller may not trade on. */
async function refuseForeign(access: Access, c: Context, { accountId }: { accountId: string }): Promise<void> {
  const reach = (await access.accounts(whoIn(c)))(accountId)
  if (reach === undefined) throw unknown("account")
  if (!reachesTo(reach, "trade")) throw onlyShared
}

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw unknown("bot")
  return thing
}
