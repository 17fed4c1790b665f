import { syntheticCandles, syntheticKinds, type SyntheticRequest, quoted } from "#engine/candles"
import { writeCandles } from "./candle-output.ts"
import {
  choiceOption,
  noPositionals,
  numberOption,
  readWords,
  timeframeOption,
  timeOption,
  WrongUsage,
} from "../command.ts"

const MOST_CANDLES = 5_000_000

const options = {
  seed: { type: "string", default: "1" },
  candles: { type: "string", default: "1000" },
  timeframe: { type: "string", default: "1h" },
  start: { type: "string", default: "2024-01-01" },
  price: { type: "string", default: "100" },
  kind: { type: "string", default: "mixed" },
  out: { type: "string" },
} as const

/** `candlewright candles synth`: a made-up market as CSV. */
export async function candlesSynth(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const request: SyntheticRequest = {
    seed: wholeOption("seed", values.seed, 0, Number.MAX_SAFE_INTEGER),
    candles: wholeOption("candles", values.candles, 2, MOST_CANDLES),
    timeframe: timeframeOption(values.timeframe) ?? "1h",
    startMs: timeOption("start", values.start) ?? 0,
    startPrice: priceOption(values.price),
    kind: choiceOption("kind", values.kind, syntheticKinds),
  }
  await writeCandles(syntheticCandles(request), values.out)
}

function wholeOption(name: string, text: string, least: number, most: number): number {
  const number = numberOption(name, text)
  if (!Number.isInteger(number) || number < least || number > most)
    throw new WrongUsage(`--${name} takes a whole number from ${least} to ${most}, not ${quoted(text)}`)
  return number
}

function priceOption(text: string): number {
  const price = numberOption("price", text)
  if (price < 1e-8 || price > 1e9)
    throw new WrongUsage(`--price takes a number from 0.00000001 to 1000000000, not ${quoted(text)}`)
  return price
}
