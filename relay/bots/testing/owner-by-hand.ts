import { type Command, obey } from "../../exchange/simulated/control/command.ts"
import { formatDecimal } from "../../exchange/simulated/decimal.ts"
import { isOpen } from "../../exchange/simulated/matching/order.ts"
import type { OpenedExchange } from "../../exchange/simulated/opened-exchange.ts"

/** What the owner of an account does at the exchange, past the bot (F41, F42). */
export function ownerByHand({ exchange }: Pick<OpenedExchange, "exchange">, symbol = "BTCUSDT") {
  const { venue } = exchange.state
  const run = (command: Command) => obey(exchange, command)
  const place = (params: Record<string, string>) =>
    run({ do: "operation", name: "order.place", accountId: 1, params: { symbol, ...params } })
  const resting = () =>
    [...venue.orders.values()].filter((one) => isOpen(one) && one.symbol === symbol && one.accountId === 1)
  const base = symbol.replace("USDT", "")
  return {
    place,
    sell: (quantity: string) => place({ side: "SELL", type: "MARKET", quantity }),
    buy: (quantity: string) => place({ side: "BUY", type: "MARKET", quantity }),
    /** Cancels everything that rests. */
    cancelAll() {
      for (const { orderId } of resting())
        run({ do: "operation", name: "order.cancel", accountId: 1, params: { symbol, orderId: String(orderId) } })
    },
    /** Moves coins in, or out with a minus. */
    move: (delta: string) => run({ do: "deposit", accountId: 1, asset: base, delta }),
    /** What stops would still sell, base units. */
    stopped: () =>
      resting()
        .filter(({ type }) => type.includes("STOP"))
        .map(({ quantity, executed }) => Number(formatDecimal(quantity - executed))),
    /** All coins of the account, free or not. */
    coins() {
      const { free = 0n, locked = 0n } = venue.account(1).balances.get(base) ?? {}
      return Number(formatDecimal(free + locked))
    },
  }
}
