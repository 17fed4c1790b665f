import { ask, command } from "../relay/exchange/simulated/testing/raw-client.ts"
import type { Relay } from "../relay/main.ts"

/**
 * The owner of the practice account that was opened last cancels a resting stop of BTC/USDT and sells `quantity`, in one
 * request and past the relay.
 */
export async function sellByHand({ practice }: Relay, quantity: string): Promise<void> {
  const { control, rest } = practice!
  const { nowMs, accounts } = (await (await fetch(control)).json()) as { nowMs: number; accounts: number[] }
  const { body } = await command(control, `/accounts/${accounts.at(-1)}/keys`, { permissions: { trading: true } })
  const signed = { rest, apiKey: body.apiKey, secret: body.secret }
  const symbol = "BTCUSDT"
  const open = await ask(signed, "GET", "/api/v3/openOrders", { symbol, recvWindow: 60_000 }, { nowMs })
  const [stop] = open.json() as { orderId: number }[]
  const sold = await ask(
    signed,
    "POST",
    "/api/v3/order/cancelReplace",
    {
      symbol,
      side: "SELL",
      type: "MARKET",
      quantity,
      cancelReplaceMode: "STOP_ON_FAILURE",
      cancelOrderId: stop.orderId,
      recvWindow: 60_000,
    },
    { nowMs },
  )
  if (sold.status !== 200) throw new Error(`nothing was sold by hand: ${sold.text}`)
}
