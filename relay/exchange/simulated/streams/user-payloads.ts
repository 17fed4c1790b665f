import { type Account, balanceOf } from "../account/account.ts"
import { formatDecimal as text } from "../decimal.ts"
import { isOpen } from "../matching/order.ts"
import { ordersOf } from "../protocol/order-answers.ts"
import type { Venue, VenueEvent } from "../venue.ts"

type Event<K extends VenueEvent["kind"]> = Extract<VenueEvent, { kind: K }>

// The payloads of the user data stream.
// Source: https://developers.binance.com/docs/binance-spot-api-docs/user-data-stream

/** The owner and the payload of an event; undefined for events without an owner. */
export function userEventOf(venue: Venue, event: VenueEvent): { accountId: number; payload: unknown } | undefined {
  if (event.kind === "execution") return { accountId: event.order.accountId, payload: executionReport(event) }
  if (event.kind === "balances") return { accountId: event.account.id, payload: accountPosition(event) }
  if (event.kind === "deposit") return { accountId: event.account.id, payload: balanceUpdate(event) }
  if (event.kind === "lock")
    return { accountId: event.account.id, payload: { ...balanceUpdate(event), e: "externalLockUpdate" } }
  if (event.kind === "list") return { accountId: event.list.accountId, payload: listStatus(venue, event) }
  return undefined
}

/** The end of a subscription (F40). */
export function streamTerminated(atMs: number) {
  return { e: "eventStreamTerminated", E: atMs }
}

function executionReport({ execution, order, fill, executionId, atMs }: Event<"execution">) {
  const isCancelled = execution === "CANCELED"
  return {
    e: "executionReport",
    E: atMs,
    s: order.symbol,
    c: order.clientOrderId,
    S: order.side,
    o: order.type,
    f: order.timeInForce,
    q: text(order.quantity),
    p: text(order.price),
    P: text(order.stopPrice),
    F: text(0n),
    g: order.listId,
    C: isCancelled ? order.placedClientOrderId : "",
    x: execution,
    X: order.status,
    r: "NONE",
    i: order.orderId,
    l: text(fill?.quantity ?? 0n),
    z: text(order.executed),
    L: text(fill?.price ?? 0n),
    n: fill ? text(fill.commission) : "0",
    N: fill?.commissionAsset ?? null,
    T: atMs,
    t: fill?.tradeId ?? -1,
    I: executionId,
    w: order.isWorking && isOpen(order),
    m: fill?.isMaker ?? false,
    M: fill !== undefined,
    O: order.createdMs,
    Z: text(order.executedQuote),
    Y: text(fill?.quote ?? 0n),
    Q: text(order.quoteQuantity),
    ...(order.workingSinceMs === -1 ? {} : { W: order.workingSinceMs }),
    V: order.selfTrade,
    ...(order.trailingDelta > 0 ? { d: order.trailingDelta, D: order.trailingSinceMs } : {}),
    ...(order.strategyId === undefined ? {} : { j: order.strategyId }),
    ...(order.strategyType === undefined ? {} : { J: order.strategyType }),
    ...(order.expiryReason === undefined ? {} : { eR: order.expiryReason }),
  }
}

function accountPosition({ account, assets, atMs }: Event<"balances">) {
  return {
    e: "outboundAccountPosition",
    E: atMs,
    u: account.updatedMs,
    B: assets.map((asset) => balanceRow(account, asset)),
  }
}

function balanceRow(account: Account, asset: string) {
  const { free, locked } = balanceOf(account, asset)
  return { a: asset, f: text(free), l: text(locked) }
}

function balanceUpdate({ asset, delta, atMs }: Event<"deposit" | "lock">) {
  return { e: "balanceUpdate", E: atMs, a: asset, d: text(delta), T: atMs }
}

function listStatus(venue: Venue, { list, atMs }: Event<"list">) {
  return {
    e: "listStatus",
    E: atMs,
    s: list.symbol,
    g: list.listId,
    c: list.contingency,
    l: list.statusType,
    L: list.orderStatus,
    r: "NONE",
    C: list.listClientOrderId,
    T: atMs,
    O: ordersOf(venue, list).map(({ symbol, orderId, placedClientOrderId }) => ({
      s: symbol,
      i: orderId,
      c: placedClientOrderId,
    })),
  }
}
