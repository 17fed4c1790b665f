import fc from "fast-check"
import { expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type Command, obey, replayCommands } from "../control/command.ts"
import { type Exchange, openExchange } from "../exchange-state.ts"
import { Refusal } from "../refusal.ts"
import { answersOf } from "./testing/answers.ts"
import { KeptStory, pass, priced, storyOptions, trader } from "./testing/kept-story.ts"

const kinds = [
  "LIMIT",
  "MARKET",
  "STOP_LOSS",
  "oco",
  "otoco",
  "cancel",
  "reset",
  "story",
  "fill",
  "wait",
  "snapshot",
] as const
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  side: fc.constantFrom("BUY", "SELL"),
  lots: fc.integer({ min: 1, max: 3_000 }),
  away: fc.integer({ min: -200, max: 200 }),
  name: fc.constantFrom(undefined, "a", "b", "c"),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Kept = { command: Command; atMs: number; generation: number; bytes: number }

test("wherever the journal is cut, the exchange is what the commands confirmed up to there have made of it", () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (steps, share) => {
        const story = new KeptStory()
        try {
          const exchange = trader(story.open())
          exchange.keeper!.snapshot()
          const kept: Kept[] = []
          for (const one of steps) act(exchange, one, (entry) => kept.push({ ...entry, ...story.journal() }))
          const { bytes, generation } = story.journal()
          const cut = Math.floor(bytes * share)
          const again = story.open(story.afterKill(cut))
          const confirmed = kept.filter((one) => one.generation < generation || one.bytes <= cut)
          const twin = repeated(confirmed, again)
          expect(answersOf(again)).toEqual(answersOf(twin))
          for (const { state } of [again, twin]) state.venue.advanceTo(state.venue.nowMs + 60_000)
          expect(answersOf(again)).toEqual(answersOf(twin))
        } finally {
          story.end()
        }
      },
    ),
    { numRuns: 30 },
  )
})

/** An exchange in memory that has obeyed the same commands and is as late as another. */
function repeated(commands: Kept[], { state: { venue } }: Exchange): Exchange {
  const exchange = openExchange(storyOptions, realSurroundings())
  trader(exchange)
  replayCommands(exchange.state, commands)
  exchange.state.venue.advanceTo(venue.nowMs)
  return exchange
}

function act(
  exchange: Exchange,
  { kind, side, lots, away, name }: Step,
  kept: (entry: Pick<Kept, "command" | "atMs">) => void,
): void {
  const order = { symbol: "BTCUSDT", side, quantity: (lots * 0.001).toFixed(3) }
  const price = priced(exchange, 1 + away / 10_000)
  const [above, below] = [priced(exchange, 1.01), priced(exchange, 0.99)]
  const legs = { AboveType: "LIMIT_MAKER", AbovePrice: above, BelowType: "STOP_LOSS", BelowStopPrice: below }
  const named: Record<string, string> = name === undefined ? {} : { newClientOrderId: name }
  const operation = (operationName: string, params: Record<string, string>): Command => ({
    do: "operation",
    name: operationName,
    accountId: 1,
    params,
  })
  const commands: Record<(typeof kinds)[number], Command | undefined> = {
    LIMIT: operation("order.place", { ...order, ...named, type: kind, price, timeInForce: "GTC" }),
    MARKET: operation("order.place", { ...order, type: kind }),
    STOP_LOSS: operation("order.place", { ...order, ...named, type: kind, stopPrice: price }),
    oco: operation("orderList.place.oco", {
      symbol: order.symbol,
      side: "SELL",
      quantity: order.quantity,
      ...Object.fromEntries(Object.entries(legs).map(([key, value]) => [key[0].toLowerCase() + key.slice(1), value])),
    }),
    otoco: operation("orderList.place.otoco", {
      symbol: order.symbol,
      workingType: "LIMIT",
      workingSide: "BUY",
      workingTimeInForce: "GTC",
      workingPrice: price,
      workingQuantity: order.quantity,
      pendingSide: "SELL",
      pendingQuantity: order.quantity,
      ...Object.fromEntries(Object.entries(legs).map(([key, value]) => [`pending${key}`, value])),
    }),
    cancel: operation("order.cancel", {
      symbol: order.symbol,
      origClientOrderId: name ?? "a",
      newClientOrderId: away > 0 ? "a" : "c",
    }),
    reset:
      away > 180 ? { do: "reset-account", accountId: 1 } : { do: "deposit", accountId: 1, asset: "USDT", delta: "7" },
    story: { do: "scenario", kind: "crash", symbol: order.symbol, lastsMs: 5_000, size: 0.02 },
    fill: { do: "fill-order", orderId: lots % 10, pieces: 3 },
    wait: undefined,
    snapshot: undefined,
  }
  const command = commands[kind]
  if (kind === "snapshot") return exchange.keeper!.snapshot()
  if (!command) return pass(exchange, lots * 500)
  const { nowMs: atMs } = exchange.state.venue
  try {
    obey(exchange, command)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  kept({ command, atMs })
}
