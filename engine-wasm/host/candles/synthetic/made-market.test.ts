import fc from "fast-check"
import { expect, test } from "vitest"
import { candlesFromColumns, candlesOfRows, type Candles } from "../candles.ts"
import { NO_PRICE_GRID } from "../price-decimals.ts"
import { HOUR_MS } from "../timeframe.ts"
import { bootstrappedMarket, flippedMarket, shuffledMarket } from "./made-market.ts"
import { syntheticCandles, syntheticKinds } from "./synthetic-candles.ts"

const request = { seed: 9, candles: 3000, timeframe: "1h", startMs: 0, startPrice: 20_000, kind: "mixed" } as const
const year = withExtra(syntheticCandles(request))

function withExtra(candles: Candles): Candles {
  return { ...candles, extra: { funding: candles.close.map((_, at) => (at % 5 === 0 ? NaN : at)) } }
}

/** Without the candles that `isMissing` names. */
function without(market: Candles, isMissing: (at: number) => boolean): Candles {
  const rows = Array.from(market.close, (_, at) => at).filter((at) => !isMissing(at))
  return { ...market, ...candlesOfRows(market, rows) }
}

const nights = without(year, (at) => at % 24 > 15)

const moves = ({ close }: Candles) => Array.from(close.subarray(1), (price, at) => Math.log(price / close[at]))
const shapes = ({ open, high, low, close }: Candles) =>
  Array.from(open, (price, at) => [high[at] / price, low[at] / price, close[at] / price])

function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const products = (x: number[], y: number[], meanX: number, meanY: number) =>
    mean(x.map((value, at) => (value - meanX) * (y[at] - meanY)))
  return products(a, b, meanA, meanB) / Math.sqrt(products(a, a, meanA, meanA) * products(b, b, meanB, meanB))
}

/** How much the size of a move says of the next one's. */
const clustering = (market: Candles) => {
  const sizes = moves(market).map(Math.abs)
  return correlation(sizes.slice(1), sizes.slice(0, -1))
}

const farthest = (found: number[], known: number[]) =>
  found.reduce((most, value, at) => Math.max(most, Math.abs(value - known[at])), 0)

const makers = {
  shuffled: shuffledMarket,
  flipped: flippedMarket,
  bootstrapped: (market: Candles, seed: number) => bootstrappedMarket(market, { seed, blockCandles: 24 }),
}

test("whatever the market, the made one passes the gate with the same times and the same grid of prices", () => {
  const asked = fc.record({
    seed: fc.nat(),
    candles: fc.integer({ min: 2, max: 300 }),
    startPrice: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    kind: fc.constantFrom(...syntheticKinds),
    missing: fc.integer({ min: 2, max: 9 }),
  })
  fc.assert(
    fc.property(asked, ({ missing, ...each }) => {
      const whole = syntheticCandles({ ...request, ...each })
      const market = without(whole, (at) => at > 1 && at % missing === 0)
      for (const make of Object.values(makers)) {
        const made = make(market, each.seed)
        const gate = candlesFromColumns(made, { timeframe: "1h" })
        expect(gate.ok).toBe(true)
        expect(gate.ok && gate.candles.priceDecimals).toBeLessThanOrEqual(market.priceDecimals)
        expect(made.openTimeMs).toEqual(market.openTimeMs)
        expect(made.priceDecimals).toBe(market.priceDecimals)
        expect(make(market, each.seed)).toEqual(made)
      }
    }),
    { numRuns: 40 },
  )
})

test("a shuffled market has the same first and last close, and the same moves in another order", () => {
  for (const market of [year, nights]) {
    const made = shuffledMarket(market, 3)
    const last = market.close.length - 1
    const step = 10 ** -market.priceDecimals
    expect(Math.abs(made.close[0] - market.close[0])).toBeLessThanOrEqual(step)
    expect(Math.abs(made.close[last] - market.close[last])).toBeLessThanOrEqual(step)
    const [found, known] = [moves(made), moves(market)].map((each) => each.toSorted((a, b) => a - b))
    expect(farthest(found, known)).toBeLessThan(1e-5)
    expect(moves(made)).not.toEqual(moves(market))
    expect([...made.volume].toSorted((a, b) => a - b)).toEqual([...market.volume].toSorted((a, b) => a - b))
  }
})

test("volume and extra columns travel with their candle's shape", () => {
  for (const make of [makers.shuffled, makers.bootstrapped]) {
    const made = make(year, 5)
    const [found, known] = [shapes(made), shapes(year)]
    const numbered = [...made.extra.funding.keys()].filter((at) => !Number.isNaN(made.extra.funding[at]))
    expect(numbered.length).toBeGreaterThan(2000)
    const strays = numbered.filter((at) => {
      const from = made.extra.funding[at]
      return made.volume[at] !== year.volume[from] || farthest(found[at], known[from]) > 1e-5
    })
    expect(strays).toEqual([])
  }
})

test("after a night come moves over nights, by day those of days", () => {
  // Every night the price jumps by a tenth, up and down in turn.
  const jumped = { ...nights, ...jumps(nights) }
  const isNight = (at: number) => nights.openTimeMs[at] - nights.openTimeMs[at - 1] > nights.timeframeMs
  for (const make of Object.values(makers)) {
    const made = make(jumped, 8)
    const strays = [...made.close.keys()].filter(
      (at) => at > 0 && Math.abs(made.open[at] / made.close[at - 1] - 1) > 0.05 !== isNight(at),
    )
    expect(strays).toEqual([])
  }
})

function jumps(market: Candles): Pick<Candles, "open" | "high" | "low" | "close"> {
  let factor = 1
  const factors = market.openTimeMs.map((time, at) => {
    if (at > 0 && time - market.openTimeMs[at - 1] > market.timeframeMs) factor = factor === 1 ? 1.1 : 1
    return factor
  })
  const change = (column: Float64Array) => column.map((price, at) => Math.round(price * factors[at] * 100) / 100)
  return {
    open: change(market.open),
    high: change(market.high),
    low: change(market.low),
    close: change(market.close),
  }
}

test("a flipped market is as wild at every moment as the real one, and has no direction left", () => {
  // A market that goes up for 60 candles and down for 60: any strategy of trends would love it.
  const trending = { ...year, ...waves(year) }
  const memory = (market: Candles) => {
    const each = moves(market)
    return correlation(each.slice(1), each.slice(0, -1))
  }
  expect(memory(trending)).toBeGreaterThan(0.1)
  let sum = 0
  for (let seed = 0; seed < 20; seed++) {
    const made = flippedMarket(trending, seed)
    sum += memory(made) / 20
    expect(Math.abs(memory(made))).toBeLessThan(0.1)
    expect(made.volume).toEqual(trending.volume)
    expect(farthest(moves(made).map(Math.abs), moves(trending).map(Math.abs))).toBeLessThan(2e-4)
  }
  expect(Math.abs(sum)).toBeLessThan(0.02)
})

function waves(market: Candles): Pick<Candles, "open" | "high" | "low" | "close"> {
  let factor = 1
  const factors = market.close.map((_, at) => (factor *= at % 120 < 60 ? 1.004 : 1 / 1.004))
  const change = (column: Float64Array) => column.map((price, at) => Math.round(price * factors[at] * 100) / 100)
  return { open: change(market.open), high: change(market.high), low: change(market.low), close: change(market.close) }
}

test("shuffling takes the clusters of wild candles away; flipping keeps all, a bootstrap most of them", () => {
  expect(clustering(year)).toBeGreaterThan(0.1)
  expect(Math.abs(clustering(shuffledMarket(year, 1)))).toBeLessThan(0.06)
  expect(clustering(flippedMarket(year, 1))).toBeCloseTo(clustering(year), 2)
  expect(clustering(bootstrappedMarket(year, { seed: 1, blockCandles: 200 }))).toBeGreaterThan(0.1)
})

test("flipping keeps the market's drift on average, and so does a bootstrap", () => {
  const bull = syntheticCandles({ ...request, kind: "bull" })
  const gainOf = ({ close }: Candles) => Math.log(close[close.length - 1] / close[0])
  for (const make of [makers.flipped, makers.bootstrapped]) {
    const gains = Array.from({ length: 200 }, (_, seed) => gainOf(make(bull, seed)))
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length
    const deviation = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length)
    expect(Math.abs(mean - gainOf(bull))).toBeLessThan((4 * deviation) / Math.sqrt(200))
  }
})

test("one endless block is the market itself, begun anywhere", () => {
  const made = bootstrappedMarket(year, { seed: 2, blockCandles: Infinity })
  const start = made.extra.funding.findIndex((from) => from === 1)
  expect([...made.volume.subarray(start, start + 50)]).toEqual([...year.volume.subarray(1, 51)])
})

test("a market that leaps a millionfold up and down in turn never makes an endless or zero price", () => {
  const leap = (column: Float64Array) => column.map((price, at) => (at % 2 === 0 ? price : price * 1e6))
  const leaping = {
    ...year,
    open: leap(year.open),
    high: leap(year.high),
    low: leap(year.low),
    close: leap(year.close),
  }
  for (const make of Object.values(makers)) {
    for (const market of [leaping, { ...leaping, priceDecimals: NO_PRICE_GRID }]) {
      const made = make(market, 4)
      for (const name of ["open", "high", "low", "close"] as const)
        expect(made[name].every((price) => price > 0 && Number.isFinite(price))).toBe(true)
    }
  }
})

/** What a rule earns that follows the last five moves. */
function followed(market: Candles): number {
  const each = moves(market)
  return each.reduce((sum, move, at) => {
    const before = each.slice(Math.max(0, at - 5), at).reduce((total, other) => total + other, 0)
    return sum + Math.sign(before) * move
  }, 0)
}

/** One-sided: how often flipped markets let the rule earn at least as much. */
function pValueOf(market: Candles): number {
  const earned = followed(market)
  const better = Array.from({ length: 19 }, (_, seed) => followed(flippedMarket(market, seed))).filter(
    (other) => other >= earned,
  )
  return (1 + better.length) / 20
}

test("flips call a rule lucky on a market without direction as often as they should, however wild its weeks", () => {
  const found = Array.from({ length: 100 }, (_, seed) =>
    pValueOf(syntheticCandles({ ...request, kind: "volatile", candles: 300, seed: 1000 + seed })),
  )
  // 5 of 100 expected at 0.05, 50 at 0.5; the limits are more than three deviations away.
  expect(found.filter((pValue) => pValue <= 0.05).length).toBeLessThan(12)
  expect(Math.abs(found.filter((pValue) => pValue <= 0.5).length - 50)).toBeLessThan(16)
})

test("flips see a direction that is there", () => {
  const market = { ...syntheticCandles({ ...request, kind: "volatile", candles: 600 }) }
  expect(pValueOf({ ...market, ...waves(market) })).toBe(0.05)
})

test("another past carries no candle over the days that keep it apart, with nights and without", () => {
  const days = fc.uniqueArray(fc.integer({ min: -50, max: 3100 }), { maxLength: 6 })
  fc.assert(
    fc.property(fc.nat(), days, fc.constantFrom(year, nights), (seed, hours, market) => {
      const place = { ...market, extra: { place: market.close.map((_, at) => at) } }
      const apartFromMs = hours.map((hour) => hour * HOUR_MS)
      const made = bootstrappedMarket(place, { seed, blockCandles: 24, apartFromMs })
      expect(candlesFromColumns(made, { timeframe: "1h" }).ok).toBe(true)
      const piece = (at: number) => apartFromMs.filter((ms) => ms <= market.openTimeMs[at]).length
      made.extra.place.forEach((from, at) => expect(piece(from)).toBe(piece(at)))
    }),
    { numRuns: 30 },
  )
})
