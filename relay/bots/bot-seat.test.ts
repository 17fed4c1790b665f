import { expect, test } from "vitest"
import { type BotSeat, countsOf, inTurn } from "./bot-seat.ts"

const position = (stop: number, wantsStop = true) => ({ stop, wantsStop })

function seat(status: string, runner: object = {}): BotSeat {
  const usual = { isStarting: false, failure: "", positions: () => [] }
  return { bot: { status }, timeframe: "1m", dangers: [], failure: "", runner: { ...usual, ...runner } } as never
}

test("bots are counted by how they stand: halted, starting, unable, and each position that wants a stop and has none, each market that stands still", () => {
  const positions = () => [position(NaN), position(95), position(NaN, false)]
  const seats = [
    seat("running", { positions }),
    seat("halted", { positions, stillMarkets: ["A", "B"] }),
    seat("paused", { failure: "the exchange is away" }),
    seat("running", { isStarting: true, failure: "the exchange is away" }),
    seat("running"),
    seat("stopped", { positions }),
  ]
  seats[4].runner = undefined
  expect(countsOf(seats, true)).toEqual({
    count: 5,
    starting: 2,
    halted: 1,
    failing: 1,
    withoutStop: 2,
    stillMarkets: 2,
    clockErrorMs: 0,
  })
  expect(countsOf(seats, false)).toMatchObject({ starting: 1 })
})

test("of clocks that are off the one that is farthest off counts, ahead or behind", () => {
  const off = (clockErrorMs: number | undefined) => seat("running", { isStarting: false, clockErrorMs })
  expect(countsOf([off(3), off(-600_000.4), off(undefined)], true)).toMatchObject({ clockErrorMs: -600_000 })
})

test("commands of a bot are carried out one after the other: each sees what the one before has done", async () => {
  const seat = {} as BotSeat
  const seen: string[] = []
  const command = (name: string) =>
    inTurn(seat, async () => {
      seen.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${name} ends`)
      if (name === "stop") throw new Error("refused")
    })
  const all = await Promise.allSettled(["pause", "stop", "close"].map(command))
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
  expect(seen).toEqual(["pause", "stop", "close"].flatMap((name) => [`${name} begins`, `${name} ends`]))
})
