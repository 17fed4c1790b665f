import { isoTime, quoted } from "#engine/candles"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { neededOption, noPositionals, onePositional, readWords, WrongUsage, type Command } from "../command.ts"
import { accountNamed } from "./account-named.ts"
import { type OwnerRequest, withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright orders place|cancel|list

Orders by hand, under the same guard as bots: what adds risk needs the account's leave, and no sale takes what bots hold.

  candlewright orders place --account paper --market BTC/USDT --side buy --quantity 0.01 --stop-price 58000
  candlewright orders place --account paper --market BTC/USDT --side sell --quantity 0.01 --kind limit --price 65000
  candlewright orders cancel --account paper ORDER
  candlewright orders list --account paper

  --kind market|limit|stop   market unless said otherwise; a limit has its --price, a stop sells at its --stop-price
  --key K                    names the order: sent again with the same key it is still one order. Made up unless given

  Only a running relay orders (candlewright serve).

  --data FOLDER   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json          for machines: the order, or the list`

const common = { account: { type: "string" }, data: { type: "string" }, json: { type: "boolean" } } as const
const options = {
  ...common,
  market: { type: "string" },
  side: { type: "string" },
  quantity: { type: "string" },
  kind: { type: "string", default: "market" },
  price: { type: "string" },
  "stop-price": { type: "string" },
  key: { type: "string" },
} as const
const subcommands: Record<string, Command["run"]> = { place, cancel, list }

type ShownOrder = Record<"id" | "market" | "side" | "kind" | "quantity" | "filledQuantity" | "status", string> & {
  price: string | null
  stopPrice: string | null
  botId: string | null
  createdMs: number
  exchange: string | null
}
type PlacedOrder = ShownOrder & { stop: ShownOrder | null; changed: string[]; words: string }

/** `candlewright orders …` */
export const ordersCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(`orders is followed by place, cancel or list${name === "" ? "" : `, not ${quoted(name)}`}`)
  await subcommands[name](words, surroundings)
}

async function place(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const { kind, price, key = surroundings.secret(), "stop-price": stopPrice } = values
  const [market, side] = [neededOption("market", values.market), neededOption("side", values.side)]
  const body = { market, side, quantity: neededOption("quantity", values.quantity), kind, price, stopPrice }
  const headers = { "idempotency-key": key }
  const order = await askAccount<PlacedOrder>(values, surroundings, { method: "POST", path: "/orders", body, headers })
  if (values.json) return printJson(order)
  await printText([order.words, ...order.changed, orderLine(order).trimEnd()].join("\n") + "\n")
}

async function cancel(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, common)
  const path = `/orders/${encodeURIComponent(onePositional("the id of an order", positionals))}`
  const order = await askAccount<PlacedOrder>(values, surroundings, { method: "DELETE", path })
  if (values.json) return printJson(order)
  await printText(`${order.words}\n${orderLine(order)}`)
}

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, common)
  noPositionals(positionals)
  type Answer = { items: ShownOrder[]; next: string | null }
  const answer = await askAccount<Answer>(values, surroundings, { method: "GET", path: "/orders" })
  if (values.json) return printJson(answer)
  await printText(answer.items.length === 0 ? "There is no order.\n" : answer.items.map(orderLine).join(""))
}

/** Asks about an account; the path is below its own. */
function askAccount<Answer>(
  { account, data }: { account?: string; data?: string },
  surroundings: Surroundings,
  request: OwnerRequest,
): Promise<Answer> {
  const name = neededOption("account", account)
  return withOwnerRelay(data, surroundings, async (ask) => {
    const { id } = await accountNamed(ask, name)
    return ask<Answer>({ ...request, path: `/accounts/${id}${request.path}` })
  })
}

function orderLine({
  id,
  createdMs,
  status,
  side,
  quantity,
  filledQuantity,
  market,
  kind,
  price,
  stopPrice,
  botId,
  exchange,
}: ShownOrder): string {
  const at = price === null ? "" : ` at ${price}`
  const stop = stopPrice === null ? "" : `, stop ${stopPrice}`
  const whose = botId === null ? "by hand" : `bot ${botId}`
  const aside = exchange === "real" ? "" : `  (${exchange})`
  return `${id}  ${isoTime(createdMs)}  ${status.padEnd(9)}  ${side} ${filledQuantity}/${quantity} ${market} ${kind}${at}${stop}  ${whose}${aside}\n`
}
