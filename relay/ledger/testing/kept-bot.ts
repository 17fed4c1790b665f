import type { RelayStore } from "../../store/relay-store.ts"
import type { BotRecord } from "../bot-record.ts"
import type { Ledger } from "../ledger.ts"
import type { LiveTrade, OwnFill } from "../step.ts"
import type { OwnOrder } from "../own-order.ts"

type Kept = { store: RelayStore; ledger: Ledger }

/** Keeps a bot as if it had been deployed. */
export async function keptBot({ store, ledger }: Kept, parts: Partial<BotRecord> = {}): Promise<BotRecord> {
  const bot: BotRecord = {
    id: "bot-1",
    accountId: "account-1",
    name: "Minutes",
    document: "{}",
    params: {},
    markets: ["BTC/USDT"],
    cash: "100",
    status: "running",
    wish: "run",
    haltedBecause: null,
    hashes: { engine: "", strategy: "", params: "" },
    createdMs: 1,
    fromMs: 1,
    ...parts,
  }
  await store.database.transaction().execute((transaction) => ledger.add(bot, transaction))
  return bot
}

/** An order of a bot: a filled buy unless said otherwise. */
export function orderOf(bot: Pick<BotRecord, "id" | "accountId">, parts: Partial<OwnOrder> = {}): OwnOrder {
  return {
    clientOrderId: "cw-1",
    accountId: bot.accountId,
    botId: bot.id,
    market: "BTC/USDT",
    intent: 1,
    role: "entry",
    side: "buy",
    kind: "fill-or-kill",
    quantity: "0.5",
    price: "100",
    status: "filled",
    filledQuantity: "0.5",
    createdMs: 1_000,
    isTold: true,
    ...parts,
  }
}

/** A fill: 0.5 bought at 100 unless said otherwise. */
export function fillOf(parts: Partial<OwnFill> = {}): OwnFill {
  return {
    fillId: "1",
    exchangeOrderId: "",
    clientOrderId: "cw-1",
    market: "BTC/USDT",
    side: "buy",
    price: "100",
    quantity: "0.5",
    fee: "0",
    feeAsset: "USDT",
    timeMs: 1_000,
    ...parts,
  }
}

export function tradeOf(parts: Partial<LiveTrade> = {}): LiveTrade {
  return {
    market: "BTC/USDT",
    quantity: 0.5,
    entryTimeMs: 1_000,
    entryPrice: 100,
    exitTimeMs: 2_000,
    exitPrice: 101,
    exitReason: "signal",
    profit: 0.4,
    feesPaid: 0.1,
    ...parts,
  }
}
