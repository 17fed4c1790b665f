import type { Account } from "../account/account.ts"
import { type Decimal, decimalFrom } from "../decimal.ts"
import { endOrder } from "../matching/execution.ts"
import type { Exchange } from "../exchange-state.ts"
import { fillByMarket } from "../faults/fault-effects.ts"
import { isOpen } from "../matching/order.ts"
import { operationNamed } from "../protocol/operations.ts"
import type { ExchangeState } from "../protocol/operation.ts"
import { Params } from "../protocol/params.ts"
import { Refusal, refuse } from "../refusal.ts"
import { type ScenarioKind, scenarioOf } from "../market/scenario.ts"
import { gridProblem, type SymbolRules } from "../market/symbol-rules.ts"

/**
 * Everything that can change the exchange from outside, as plain data: the event log keeps it and a replay repeats
 * it. Amounts are decimal texts, times UTC milliseconds.
 */
export type Command =
  | { do: "operation"; name: string; accountId: number; params: Record<string, string> }
  | { do: "open-account"; name: string }
  | { do: "deposit"; accountId: number; asset: string; delta: string }
  | { do: "set-fees"; accountId: number; maker?: string; taker?: string; inBnb?: boolean }
  | { do: "set-rules"; symbol: string; rules: Partial<Record<keyof SymbolRules, string | number | boolean>> }
  | { do: "delist"; symbol: string }
  | { do: "scenario"; kind: ScenarioKind; symbol?: string; lastsMs?: number; size?: number }
  | { do: "follow-price"; symbol: string; price: string }
  | { do: "expire-order"; orderId: number }
  | { do: "fill-order"; orderId: number; quantity?: string; pieces?: number; isEndedAfter?: boolean }
  | { do: "quiet"; symbol: string; isQuiet: boolean }
  | { do: "external-lock"; accountId: number; asset: string; delta: string }
  | { do: "reset-account"; accountId: number }

/** Carries out a command from the control plane or a fault, and logs it. */
export function obey({ log, state }: Pick<Exchange, "log" | "state">, command: Command): unknown {
  log.append({ kind: "command", command })
  return runCommand(state, command)
}

/** Carries out a command; the return value depends on the command. Throws refusals as usual. */
export function runCommand(state: ExchangeState, command: Command): unknown {
  const { venue } = state
  switch (command.do) {
    case "operation":
      return prepareOperation(state, command)()
    case "open-account":
      return venue.openAccount(command.name)
    case "deposit":
      return venue.deposit(venue.account(command.accountId), command.asset, signedDecimal(command.delta))
    case "set-fees":
      return setFees(venue.account(command.accountId), command)
    case "set-rules":
      return setRules(venue.market(command.symbol).rules, command.rules)
    case "delist":
      return delist(state, command.symbol)
    case "scenario":
      return play(state, command)
    case "follow-price":
      return venue.market(command.symbol).follow(decimalFrom(command.price))
    case "expire-order":
      return expire(state, command.orderId)
    case "fill-order":
      return fill(state, command)
    case "quiet":
      return void (venue.market(command.symbol).isQuiet = command.isQuiet)
    case "external-lock":
      return venue.lockOutside(venue.account(command.accountId), command.asset, signedDecimal(command.delta))
    case "reset-account":
      return resetAccount(state, command.accountId)
  }
}

/** Replays an event log, at its recorded times, against a fresh exchange. Refused commands are refused again. */
export function replayCommands(state: ExchangeState, entries: readonly { atMs: number; command: Command }[]): void {
  for (const { atMs, command } of entries) {
    state.venue.advanceTo(atMs)
    try {
      runCommand(state, command)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}

function prepareOperation(
  state: ExchangeState,
  { name, accountId, params }: Extract<Command, { do: "operation" }>,
): () => unknown {
  const account = state.venue.account(accountId)
  const key = {
    apiKey: "",
    scheme: "HMAC" as const,
    secret: "",
    accountId,
    permissions: { reading: true, trading: true, withdrawing: false },
    isRevoked: false,
  }
  return operationNamed(name)!.prepare({
    state,
    venue: state.venue,
    params: new Params(params),
    account,
    key,
    nowMs: state.nowMs(),
  })
}

function setFees(account: Account, { maker, taker, inBnb }: Extract<Command, { do: "set-fees" }>): void {
  if (maker !== undefined) account.makerRate = decimalFrom(maker)
  if (taker !== undefined) account.takerRate = decimalFrom(taker)
  if (inBnb !== undefined) account.paysFeesInBnb = inBnb
}

const decimalRules = new Set<string>([
  "tickSize",
  "minPrice",
  "maxPrice",
  "stepSize",
  "minQuantity",
  "maxQuantity",
  "maxMarketQuantity",
  "minNotional",
  "maxNotional",
  "priceUp",
  "priceDown",
  "maxPosition",
])

function setRules(rules: SymbolRules, changes: Extract<Command, { do: "set-rules" }>["rules"]): void {
  const changed = Object.entries(changes).map(([name, value]) => [
    name,
    decimalRules.has(name) ? decimalFrom(String(value)) : value,
  ])
  const next = { ...rules, ...(Object.fromEntries(changed) as Partial<SymbolRules>) }
  const wrong = gridProblem(next.tickSize, next.stepSize)
  if (wrong !== undefined) refuse(-1100, `These rules cannot hold: ${wrong}.`)
  Object.assign(rules, next)
}

function delist({ venue }: ExchangeState, symbol: string): void {
  const { rules } = venue.market(symbol)
  rules.status = "BREAK"
  for (const order of venue.orders.values())
    if (order.symbol === symbol && isOpen(order)) endOrder(venue, order, "EXPIRED", "EXCHANGE_CANCELED")
  venue.markets.delete(symbol)
}

function play({ venue }: ExchangeState, { kind, symbol, lastsMs, size }: Extract<Command, { do: "scenario" }>): void {
  const markets = symbol === undefined ? [...venue.markets.values()] : [venue.market(symbol)]
  for (const market of markets) market.play(scenarioOf(kind, venue.nowMs, { lastsMs, size }))
}

function fill(
  state: ExchangeState,
  { orderId, quantity, pieces = 1, isEndedAfter }: Extract<Command, { do: "fill-order" }>,
): void {
  fillByMarket(state.venue, orderId, { quantity: quantity === undefined ? undefined : decimalFrom(quantity), pieces })
  if (isEndedAfter) expire(state, orderId)
}

function expire({ venue }: ExchangeState, orderId: number): void {
  const order = venue.orders.get(orderId)
  if (order && isOpen(order)) endOrder(venue, order, "EXPIRED", "EXCHANGE_CANCELED")
}

function resetAccount({ venue }: ExchangeState, accountId: number): void {
  const account = venue.account(accountId)
  for (const order of venue.openOrdersOf.get(accountId)!)
    if (isOpen(order)) endOrder(venue, order, "EXPIRED", "EXCHANGE_CANCELED")
  for (const [asset, { free }] of account.balances) if (free > 0n) venue.deposit(account, asset, -free)
  venue.forgetOrders(accountId)
}

function signedDecimal(text: string): Decimal {
  return text.startsWith("-") ? -decimalFrom(text.slice(1)) : decimalFrom(text)
}
