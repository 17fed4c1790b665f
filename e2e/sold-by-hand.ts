import { ask, command } from "../relay/exchange/simulated/testing/raw-client.ts"
import type { Relay } from "../relay/main.ts"

const MOST_TRIES = 20

/**
 * The owner of the practice account that was opened last cancels a resting stop of BTC/USDT and sells `quantity`, in one
 * request and past the relay.
 */
export async function sellByHand({ practice }: Relay, quantity: string): Promise<void> {
  const { control, rest } = practice!
  const look = async () => (await (await fetch(control)).json()) as { nowMs: number; accounts: number[] }
  const { accounts } = await look()
  const { body } = await command(control, `/accounts/${accounts.at(-1)}/keys`, { permissions: { trading: true } })
  const signed = { rest, apiKey: body.apiKey, secret: body.secret }
  const symbol = "BTCUSDT"
  // A minute of the fast exchange is a second here: a busy computer may need several tries.
  const asked = async (method: string, path: string, params: Record<string, string | number>) => {
    for (let triesLeft = MOST_TRIES; ; triesLeft--) {
      const answer = await ask(signed, method, path, { symbol, recvWindow: 60_000, ...params }, await look())
      if (answer.status === 200 || triesLeft === 0) return answer
    }
  }
  const [stop] = (await asked("GET", "/api/v3/openOrders", {})).json() as { orderId: number }[]
  const sold = await asked("POST", "/api/v3/order/cancelReplace", {
    side: "SELL",
    type: "MARKET",
    quantity,
    cancelReplaceMode: "STOP_ON_FAILURE",
    cancelOrderId: stop.orderId,
  })
  if (sold.status !== 200) throw new Error(`nothing was sold by hand: ${sold.text}`)
}
