import type { Operand } from "./operand.ts"

/** Oscillators by the middle of their scale: what is low on one side is high on the other. */
const middles: Record<string, number> = {
  rsi: 50,
  stoch: 50,
  stochf: 50,
  stochRsi: 50,
  mfi: 50,
  ultosc: 50,
  aroon: 50,
  willr: -50,
  cci: 0,
  cmo: 0,
  macd: 0,
  mom: 0,
  roc: 0,
  trix: 0,
  ao: 0,
  tsi: 0,
  ppo: 0,
  apo: 0,
  bop: 0,
  cmf: 0,
  aroonosc: 0,
  zscore: 0,
  linregSlope: 0,
  forceIndex: 0,
}

/** What each output and each function is on the other side. */
export const otherOutput: Record<string, string> = { upper: "lower", lower: "upper", up: "down", down: "up" }
export const otherName: Record<string, string> = {
  highest: "lowest",
  lowest: "highest",
  high: "low",
  low: "high",
  plusDi: "minusDi",
  minusDi: "plusDi",
  cloudTop: "cloudBottom",
  cloudBottom: "cloudTop",
}

/** The value that plays the same part on the other side. */
export function mirroredOperand(operand: Operand): Operand {
  const { name, source, output, percentOff, rangesOff } = operand
  return {
    ...operand,
    name: otherName[name] ?? name,
    ...(source && { source: otherName[source] ?? source }),
    ...(output && { output: otherOutput[output] ?? output }),
    ...(percentOff !== undefined && { percentOff: -percentOff }),
    ...(rangesOff && {
      rangesOff: { ...rangesOff, multiple: -rangesOff.multiple },
    }),
  }
}

/** The middle of an oscillator's scale; undefined for a value on the scale of prices. */
export function middleOf(name: string): number | undefined {
  return Object.hasOwn(middles, name) ? middles[name] : undefined
}

/** Strength, volume and time have no direction: they are asked for on both sides alike. */
export function isDirectionless(name: string): boolean {
  return directionless.has(name)
}

const directionless = new Set(
  "adx adxr dx atr natr trange volume choppiness stddev variance percentRank hour weekday time obv htTrendMode position".split(
    " ",
  ),
)

/** A limit of an oscillator, reflected at the middle of its scale; another value as it is on the other side. */
export function mirroredLimit(limit: Operand, of: Operand): Operand {
  const middle = middles[of.name]
  if (limit.name !== "number") return mirroredOperand(limit)
  return middle === undefined ? limit : { ...limit, value: 2 * middle - limit.value! }
}

/** Whether a function swings around a middle of its own. */
export function isOscillator(name: string): boolean {
  return Object.hasOwn(middles, name)
}

/** Where an oscillator counts as low and high, where nobody says. */
export const usualLimits: Record<string, [low: number, high: number]> = {
  rsi: [30, 70],
  stoch: [20, 80],
  stochf: [20, 80],
  stochRsi: [20, 80],
  mfi: [20, 80],
  ultosc: [30, 70],
  willr: [-80, -20],
  cci: [-100, 100],
  cmo: [-50, 50],
  zscore: [-2, 2],
}
