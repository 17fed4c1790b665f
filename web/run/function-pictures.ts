import { extent } from "d3-array"
import { type Candles, sliceCandles } from "#engine/candles"
import { openSession, seriesIn } from "#engine/run"
import { formulaOfOperand, formulaText, functionFamilies, type FunctionSpec, operandOfFunction } from "#engine/strategy"
import { sampleCandles } from "../db/sample-market.ts"
import { pathOf } from "../figure/path-of.ts"
import { fetchEngine } from "./fetch-engine.ts"

/** A line of a picture, and its meaning. */
export type Stroke = {
  path: string
  look: "line" | "second" | "price" | "mark" | "rise" | "fall" | "riseWick" | "fallWick"
}
/** Pictures by the function's name, each in a box of `pictureBox`. */
export type FunctionPictures = Record<string, Stroke[]>

export const pictureBox = { width: 72, height: 32 }

const SHOWN_CANDLES = 60
/** Enough for every function to settle before the shown candles. */
const READ_CANDLES = 1_500
const PATTERN_CANDLES = 7

/**
 * A small picture of every function, computed by the engine on the sample's candles with the function's default
 * numbers.
 */
export async function functionPictures(): Promise<FunctionPictures> {
  const engine = await fetchEngine()
  const candles = sampleCandles()
  const fromMs = candles.openTimeMs.at(-READ_CANDLES)
  const short = sliceCandles(candles, { fromMs })
  const pictures = pictured(engine, short, (spec) => !isPattern(spec))
  for (const every of thinnings) {
    const found = pictured(engine, thinned(candles, every), (spec) => isPattern(spec) && !pictures[spec.name])
    for (const [name, strokes] of Object.entries(found)) if (strokes.length > 0) pictures[name] = strokes
  }
  return pictures
}

/**
 * Many patterns need a gap between candles, which a market that never closes does not have. Of the sample's candles only
 * every second, third… is taken then, as if the market slept meanwhile.
 */
const thinnings = [1, 2, 3, 5, 8, 13]

function thinned(candles: Candles, every: number): Candles {
  const pick = (column: Float64Array) => column.filter((_, at) => at % every === 0)
  const { open, high, low, close, volume } = candles
  const openTimeMs = candles.openTimeMs.slice(0, Math.ceil(open.length / every))
  return {
    ...candles,
    openTimeMs,
    open: pick(open),
    high: pick(high),
    low: pick(low),
    close: pick(close),
    volume: pick(volume),
  }
}

const isPattern = ({ name }: FunctionSpec) => name.startsWith("cdl")

function pictured(
  engine: Awaited<ReturnType<typeof fetchEngine>>,
  candles: Candles,
  isWanted: (spec: FunctionSpec) => boolean,
): FunctionPictures {
  const specs = functionFamilies.flatMap(({ functions }) => functions).filter(isWanted)
  if (specs.length === 0) return {}
  const texts = new Map(specs.map((spec) => [spec.name, formulasOf(spec)]))
  const answer = seriesIn(openSession(engine, [{ market: "", candles }]), [...texts.values()].flat(), "1h")
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const columnsOf = ({ name }: FunctionSpec) => texts.get(name)!.map((text) => answer.series[text])
  return Object.fromEntries(
    specs.map((spec) => [
      spec.name,
      isPattern(spec) ? patternStrokes(candles, columnsOf(spec)[0]) : lineStrokes(candles, columnsOf(spec), spec),
    ]),
  )
}

/** One formula for each output that is drawn: two of them, where there are many. */
function formulasOf(spec: FunctionSpec): string[] {
  const operand = operandOfFunction(spec.name)
  const outputs = spec.outputs.length === 0 ? [undefined] : spec.outputs.slice(0, 3)
  return outputs.map((output) => formulaText(formulaOfOperand({ ...operand, output })))
}

const truths = new Set(["crossover", "crossunder", "cross", "rising", "falling"])

function lineStrokes(candles: Candles, columns: Float64Array[], { name }: FunctionSpec): Stroke[] {
  const prices = lastOf(candles.close)
  const shown = columns.map(lastOf)
  const [least, most] = domainOf(shown)
  if (truths.has(name)) return [priceStroke(prices), { look: "mark", path: marksPath(shown[0]) }]
  // On the scale of the prices a line means little without them.
  const isPrice = least > 0.5 * Math.min(...prices) && most < 1.5 * Math.max(...prices)
  const domain = domainOf(isPrice ? [...shown, prices] : shown)
  const lines = shown.map((values, n): Stroke => ({
    look: n === 0 ? "line" : "second",
    path: pathOf(values, { ...pictureBox, domain }),
  }))
  return isPrice ? [priceStroke(prices, domain), ...lines.toReversed()] : lines.toReversed()
}

function priceStroke(prices: number[], domain?: [number, number]): Stroke {
  return { look: "price", path: pathOf(prices, { ...pictureBox, domain }) }
}

function lastOf(column: Float64Array): number[] {
  // A power of prices soon exceeds all numbers; we cannot draw that.
  return Array.from(column.subarray(-SHOWN_CANDLES), (value) => (Number.isFinite(value) ? value : Number.NaN))
}

function domainOf(columns: number[][]): [number, number] {
  const [least = 0, most = 0] = extent(columns.flat().filter((value) => !Number.isNaN(value)))
  return [least, most]
}

/** A tick at the bottom for each candle on which it is true. */
function marksPath(values: number[]): string {
  const { width, height } = pictureBox
  return values
    .flatMap((value, at) => (value > 0 ? [`M${round((at / (SHOWN_CANDLES - 1)) * width)} ${height}v-6`] : []))
    .join("")
}

/** The newest candles that make the pattern, as candles; undefined where the sample has none. */
function patternStrokes(candles: Candles, answers: Float64Array): Stroke[] {
  const last = answers.findLastIndex((answer, at) => answer !== 0 && !Number.isNaN(answer) && at >= PATTERN_CANDLES)
  if (last < 0) return []
  const shown = Array.from({ length: PATTERN_CANDLES }, (_, n) => last - PATTERN_CANDLES + 1 + n)
  const y = scaleOf(Math.min(...shown.map((at) => candles.low[at])), Math.max(...shown.map((at) => candles.high[at])))
  const strokes: Record<"rise" | "fall" | "riseWick" | "fallWick", string> = {
    rise: "",
    fall: "",
    riseWick: "",
    fallWick: "",
  }
  shown.forEach((at, n) => {
    const x = round(((n + 0.5) * pictureBox.width) / PATTERN_CANDLES)
    const [open, close] = [y(candles.open[at]), y(candles.close[at])]
    const direction = candles.close[at] < candles.open[at] ? "fall" : "rise"
    strokes[`${direction}Wick`] += `M${x} ${y(candles.high[at])}V${y(candles.low[at])}`
    strokes[direction] += `M${x} ${open}V${open === close ? close + 0.8 : close}`
  })
  return (Object.keys(strokes) as (keyof typeof strokes)[])
    .filter((look) => strokes[look] !== "")
    .map((look) => ({ look, path: strokes[look] }))
}

function scaleOf(least: number, most: number): (price: number) => number {
  const { height } = pictureBox
  return (price) => round(height - 1 - ((price - least) / (most - least || 1)) * (height - 2))
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
