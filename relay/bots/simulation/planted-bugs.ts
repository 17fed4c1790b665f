import type { Exchange, PlaceAnswer } from "../../exchange/exchange.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import { Acts } from "../acts.ts"
import { CoinWatch } from "../coin-watch.ts"
import { EngineSeat, type BotInput } from "../engine-seat.ts"
import { Fence } from "../fence.ts"
import { MarketDesk } from "../market-desk.ts"
import type { Standing } from "../next-act.ts"
import { OpenedBot } from "../opened-bot.ts"
import { OwnOrders } from "../own-orders.ts"
import { replaceMethod } from "./replaced-method.ts"
import { type Twist, withOther } from "./twist.ts"

type Keep = Ledger["keep"]

/** Mistakes that relays make, each of which the simulation has to find. */
export const plantedBugs: Record<string, Twist> = {
  "an order is sent before it is on the disk": keeping((keep) => (bot, step) => {
    const orders = step.orders?.filter(({ status }) => status !== "planned")
    return keep(bot, { ...step, orders })
  }),
  "an order whose outcome is unknown is sent again": {
    look: (look) => withOther(look, { gate: () => {} }),
    exchange: (exchange) =>
      withOther(exchange, {
        place: (order) => sentTwice(() => exchange.place(order)),
        placeProtected: (entry) => sentTwice(() => exchange.placeProtected(entry)),
      }),
  },
  "an unknown outcome counts as refused": {
    exchange: (exchange) =>
      withOther(exchange, {
        place: async (order) => refusedIfUnknown(await exchange.place(order)),
        placeProtected: async (entry) => refusedIfUnknown(await exchange.placeProtected(entry)),
      }),
  },
  "the first 'no such order' is believed": {
    inside: () => [replaceMethod(Fence.prototype, "isPast", () => () => Promise.resolve(true))],
  },
  "stops are forgotten over a restart": {
    ledger: (ledger) =>
      withOther(ledger, {
        openOrders: async (bot) => (await ledger.openOrders(bot)).filter(({ role }) => role !== "stop"),
      }),
  },
  "order ids begin anew with each start": {
    ledger: (ledger) => {
      let count = 0
      return withOther(ledger, { orderIds: withOther(ledger.orderIds, { next: () => `cw-again-${++count}` }) })
    },
  },
  "every fifth id is used again": {
    ledger: (ledger) => {
      let [count, last] = [0, ""]
      const next = () => (last = ++count % 5 === 0 ? last : ledger.orderIds.next())
      return withOther(ledger, { orderIds: withOther(ledger.orderIds, { next }) })
    },
  },
  "the engine hears each fill twice": hearing((input) => ("fill" in input ? [input, input] : [input])),
  "fees taken in the coin are not booked": hearing((input) =>
    "fill" in input ? [{ ...input, fill: { ...input.fill, coinFee: 0 } }] : [input],
  ),
  "the engine's state is kept without the fills it has heard": keeping((keep) => (bot, step) => {
    return keep(bot, step.fills ? { ...step, fills: [] } : step)
  }),
  "fills are kept without the engine's state": keeping((keep) => (bot, step) => {
    return keep(bot, step.fills ? { ...step, state: undefined } : step)
  }),
  "a stop is cancelled before the next is placed": {
    look: (look) => withOther(look, { gate: () => {} }),
    exchange: (exchange) => withOther(exchange, { replace: (old, order) => cancelledFirst(exchange, old, order) }),
  },
  "a stop does not grow with its position": standing((at) => {
    const stop = at.orders.find(({ role, status }) => role === "stop" && status === "open")
    return stop ? { ...at, held: Math.min(at.held, Number(stop.quantity)) } : at
  }),
  "exits sell more than is held": standing((at) => ({ ...at, held: at.held * 1.5 })),
  "a stop that cannot be placed is tried for ever": standing((at) => ({ ...at, isEmergency: false })),
  "what an entry has filled in part stays without a stop": standing((at) => ({ ...at, partlyFilledMs: 0 })),
  "a position too small to sell is kept": standing((at) => ({ ...at, position: 0 })),
  "entries go on though they are paused": standing((at) => ({ ...at, mayEnter: true })),
  "the kill switch is ignored": {
    killSwitch: { isOn: false },
    look: (look) => withOther(look, { gate: () => {} }),
  },
  "a cancelled order is taken for ended without asking": {
    inside: () => [
      replaceMethod(
        Acts.prototype,
        "cancel",
        (cancel) =>
          async function (this: Acts, order) {
            const failed = await cancel.call(this, order)
            if (!failed) order.status = "cancelled"
            return failed
          },
      ),
    ],
  },
  "a fill that came twice is booked twice": {
    inside: () => [
      replaceMethod(
        OwnOrders.prototype,
        "ownerOf",
        () =>
          function (this: OwnOrders, fill) {
            return this.all.find(({ exchangeOrderId }) => exchangeOrderId === fill.exchangeOrderId)
          },
      ),
    ],
  },
  "sales are booked before what was bought": {
    inside: () => [
      replaceMethod(OpenedBot.prototype, "isSoldTooEarly", () => () => false),
      replaceMethod(
        OpenedBot.prototype,
        "hearFill",
        () =>
          function (this: OpenedBot, order, fill) {
            return this.book(order, [fill])
          },
      ),
    ],
  },
  "nobody looks after news that was lost": {
    inside: () => [replaceMethod(OpenedBot.prototype, "audit", () => () => Promise.resolve(undefined))],
  },
  "coins that were sold by hand are not missed": {
    inside: () => [replaceMethod(CoinWatch.prototype, "look", () => () => Promise.resolve())],
  },
  "a market's rules are read once": {
    inside: () => [replaceMethod(OpenedBot.prototype, "renewRules", () => () => Promise.resolve())],
  },
}

function keeping(make: (keep: Keep) => Keep): Twist {
  return { ledger: (ledger) => withOther(ledger, { keep: make((bot, step) => ledger.keep(bot, step)) }) }
}

function hearing(change: (input: BotInput) => BotInput[]): Twist {
  return {
    inside: () => [
      replaceMethod(
        EngineSeat.prototype,
        "tell",
        (tell) =>
          function (this: EngineSeat, inputs) {
            return tell.call(this, inputs.flatMap(change))
          },
      ),
    ],
  }
}

function standing(change: (at: Standing) => Standing): Twist {
  return {
    inside: () => [
      replaceMethod(
        MarketDesk.prototype,
        "standing",
        (own) =>
          function (this: MarketDesk, ...words) {
            return change(own.apply(this, words))
          },
      ),
    ],
  }
}

async function sentTwice(send: () => Promise<PlaceAnswer>): Promise<PlaceAnswer> {
  const answer = await send()
  return !answer.ok && answer.because === "unknown" ? send() : answer
}

function refusedIfUnknown(answer: PlaceAnswer): PlaceAnswer {
  if (answer.ok || answer.because !== "unknown") return answer
  return { ...answer, because: "refused", reason: "other", code: undefined, retryAfterMs: undefined }
}

async function cancelledFirst(
  exchange: Exchange,
  old: Parameters<Exchange["replace"]>[0],
  order: Parameters<Exchange["replace"]>[1],
): ReturnType<Exchange["replace"]> {
  const answer = await exchange.cancel(old)
  const cancelled = answer.ok ? "yes" : answer.because === "unknown" ? "unknown" : "no"
  return { cancelled, placed: await exchange.place(order) }
}
