import { ForecastTail } from "../../../assembly/forecast/forecast-word.ts"
import type { ForecastModel, ModelPart } from "./forecast-model.ts"

const GATES = 4
const BYTES = 4

type Shape = Pick<ForecastModel, "kind" | "units"> & { features: readonly string[] }

/** How many weights each part of such a model has: means and scales of the features, the body, and the tail. */
export function weightCount({ kind, units, features: { length } }: Shape): number {
  return 2 * length + bodyLength(kind, units, length) + (kind === "regimes" ? 0 : ForecastTail.length)
}

function bodyLength(kind: ForecastModel["kind"], units: number, features: number): number {
  if (kind === "regimes") return units * features
  if (kind !== "lstm") return features + 1
  return (features + units + 1) * GATES * units + units + 1
}

/** A part's weights as numbers. */
export function partWeights({ weights }: Pick<ModelPart, "weights">): Float32Array {
  const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: Math.floor(bytes.length / BYTES) }, (_, n) => view.getFloat32(n * BYTES, true))
}

/** Weights as a part keeps them: rounded to float32, little-endian, in base64. */
export function weightsText(weights: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(weights.length * BYTES))
  for (let n = 0; n < weights.length; n++) view.setFloat32(n * BYTES, weights[n], true)
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(""))
}

/** What the last weights of a part say: how its one number becomes a forecast. */
export type PartTail = Record<Exclude<keyof typeof ForecastTail, "length">, number>

/** The tail of a part's weights, for what only we read of it. */
export function partTail(weights: ArrayLike<number>): PartTail {
  const from = weights.length - ForecastTail.length
  const names = Object.keys(ForecastTail).filter((name) => Number.isNaN(Number(name)) && name !== "length")
  return Object.fromEntries(names.map((name, n) => [name, weights[from + n]])) as PartTail
}
