import { expect, test } from "vitest"
import { type BotSeat, countsOf } from "./bot-seat.ts"

const position = (stop: number, wantsStop = true) => ({ stop, wantsStop })

function seat(status: string, runner: object = {}): BotSeat {
  const usual = { isStarting: false, failure: "", positions: () => [] }
  return { bot: { status }, timeframe: "1m", dangers: [], failure: "", runner: { ...usual, ...runner } } as never
}

test("bots are counted by how they stand: halted, starting, unable, and each position that wants a stop and has none", () => {
  const positions = () => [position(NaN), position(95), position(NaN, false)]
  const seats = [
    seat("running", { positions }),
    seat("halted", { positions }),
    seat("paused", { failure: "the exchange is away" }),
    seat("running", { isStarting: true, failure: "the exchange is away" }),
    seat("running"),
    seat("stopped", { positions }),
  ]
  seats[4].runner = undefined
  expect(countsOf(seats, true)).toEqual({ count: 5, starting: 2, halted: 1, failing: 1, withoutStop: 2 })
  expect(countsOf(seats, false)).toMatchObject({ starting: 1 })
})
