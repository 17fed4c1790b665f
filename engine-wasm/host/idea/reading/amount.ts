import type { Concept } from "../words/concept.ts"
import type { Piece } from "../words/piece.ts"
import { numberAt } from "./number-words.ts"

/** What a number counts. */
export type Unit =
  | "percent"
  | "money"
  | "times"
  | "candles"
  | "minutes"
  | "length"
  | "reward"
  | "atr"
  | "share"
  | "clock"
  | "plain"

/** A number with its unit. */
export type Amount = {
  kind: "amount"
  unit: Unit
  value: number
  /** "20,2" or "3-5 %": all that was said. */
  list?: number[]
  /** Whether it was written with a plus or a minus. */
  sign?: "+" | "-"
  /** For minutes: the length of the unit that was said, in minutes; "20 days" has 1,440. */
  unitMinutes?: number
  /** "Within 1 % of the average": on either side of it. */
  isNear?: boolean
  /** For money: the currency as it was written. */
  currency?: string
  /** "Two closes above": at so many candles in a row. */
  isOfCloses?: boolean
  /** "Sell the next day": so long is held. */
  isNext?: boolean
  /** "Les 5 dernières bougies". */
  isLast?: boolean
  /** Written as one word, "4h", as timeframes are. */
  isShort?: boolean
}

type Found<Kind> = { chunk: Kind; end: number }

/** The amount that begins at a piece. */
export function amountAt(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  return (
    currencyFirst(pieces, at) ??
    percentFirst(pieces, at) ??
    timesFirst(pieces, at) ??
    timesInWords(pieces, at) ??
    ratio(pieces, at) ??
    share(pieces, at) ??
    withUnit(pieces, at)
  )
}

/** "$5", "USD 20". */
function currencyFirst(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const currency = pieces[at]
  if (currency?.concept !== "dollar") return undefined
  const number = numberAt(pieces, at + 1)
  // "USDT 1h": the number belongs to the candles.
  const isCandles = /^(m|min|h|d|w)$/.test(pieces[number?.end ?? 0]?.text) && !pieces[number?.end ?? 0].isSpaced
  if (!number || isCandles) return undefined
  return {
    chunk: { kind: "amount", unit: "money", value: number.value, currency: currency.text },
    end: isUnit(pieces[number.end], "dollar") ? number.end + 1 : number.end,
  }
}

/** "%5", as Turkish writes it. */
function percentFirst(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const sign = pieces[at]?.text.replaceAll(" ", "") ?? ""
  if (!(sign === "%" && !pieces[at + 1]?.isSpaced) && !/^(yuzde|百分之)$/.test(sign)) return undefined
  const number = numberAt(pieces, at + 1)
  return number && { chunk: { kind: "amount", unit: "percent", value: number.value }, end: number.end }
}

/** "x2". */
function timesFirst(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const number = pieces[at]
  const next = pieces[at + 1]
  if (!/^[x*]$/.test(number?.text ?? "") || next?.concept !== "figure") return undefined
  return { chunk: { kind: "amount", unit: "times", value: next.value! }, end: at + 2 }
}

const multiples: Record<string, number> = {
  twice: 2,
  double: 2,
  triple: 3,
  thrice: 3,
  doppelt: 2,
  doppelte: 2,
  doppelten: 2,
  dreifache: 3,
  doble: 2,
  dobro: 2,
  triplo: 3,
  doppio: 2,
}

/** "Twice its average", "das Doppelte des Durchschnitts", "el doble de la media". */
function timesInWords(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const [first] = pieces[at]?.text.split(" ") ?? []
  if (!Object.hasOwn(multiples, first)) return undefined
  let place = at + 1
  while (["filler", "of", "it", "last"].includes(pieces[place]?.concept)) place++
  if (pieces[place]?.concept === "risk")
    return { chunk: { kind: "amount", unit: "reward", value: multiples[first] }, end: place + 1 }
  const isOfValue =
    ["average", "volume", "function", "yesterday"].includes(pieces[place]?.concept) || listedAverage(pieces, place)
  return isOfValue ? { chunk: { kind: "amount", unit: "times", value: multiples[first] }, end: at + 1 } : undefined
}

/** "The 20 day average". */
function listedAverage(pieces: readonly Piece[], at: number): boolean {
  return (
    numberAt(pieces, at) !== undefined &&
    pieces.slice(at + 1, at + 5).some(({ concept }) => concept === "average" || concept === "function")
  )
}

/** "2:1" or "1:3": how many times the risk; "13:00" is a time of day. */
function ratio(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const [one, colon, other] = pieces.slice(at, at + 3)
  if (one?.concept !== "figure" || colon?.text !== ":" || other?.concept !== "figure" || other.isSpaced)
    return undefined
  if (/^(00|15|30|45)$/.test(other.text) && one.value! <= 24) return clockAt(pieces, at, one.value! + other.value! / 60)
  const [low, high] = [one.value!, other.value!].toSorted((a, b) => a - b)
  if (!(low > 0) || high / low > 100) return undefined
  const end = pieces[at + 3]?.concept === "reward" ? at + 4 : at + 3
  return { chunk: { kind: "amount", unit: "reward", value: high / low }, end }
}

/** "13:00", "9:30 pm", "8:00 UTC". */
function clockAt(pieces: readonly Piece[], at: number, value: number): Found<Amount> {
  const last = pieces[at + 3]?.concept
  const hours = last === "pm" ? (value % 12) + 12 : last === "am" ? value % 12 : value
  const hasUnit = last === "pm" || last === "am" || last === "utc"
  return { chunk: { kind: "amount", unit: "clock", value: hours }, end: hasUnit ? at + 4 : at + 3 }
}

const shares: Partial<Record<Piece["concept"], number>> = { half: 1 / 2, third: 1 / 3, quarter: 1 / 4, all: 1, rest: 1 }

/** "a third", "1/3", "everything". */
function share(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const [first, slash, last] = pieces.slice(at, at + 3)
  const said = first && shares[first.concept]
  const percent = pieces[at + 1]?.concept === "filler" ? at + 2 : at + 1
  if (said !== undefined && said < 1 && pieces[percent]?.concept === "percent")
    return { chunk: { kind: "amount", unit: "percent", value: said }, end: percent + 1 }
  if (said !== undefined) return { chunk: { kind: "amount", unit: "share", value: said }, end: at + 1 }
  const isFraction =
    first?.value === 1 && slash?.text === "/" && last?.value !== undefined && last.value >= 2 && last.value <= 5
  return isFraction ? { chunk: { kind: "amount", unit: "share", value: 1 / last.value! }, end: at + 3 } : undefined
}

/** Minutes of each unit of time. */
export const unitMinutes: Partial<Record<Piece["concept"], number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
}

const units: [Concept, Unit][] = [
  ["percent", "percent"],
  ["dollar", "money"],
  ["times", "times"],
  ["reward", "reward"],
  ["candle", "candles"],
  ["length", "length"],
]

function withUnit(pieces: readonly Piece[], at: number): Found<Amount> | undefined {
  const number = numberAt(pieces, at)
  if (!number) return undefined
  const { value, list, sign } = number
  // "Les 5 dernières bougies": the word for "last" comes second.
  const isLast = pieces[number.end]?.concept === "last" && pieces[number.end + 1]?.concept === "candle"
  const place = isLast ? number.end + 1 : afterHyphen(pieces, number.end)
  const unit = pieces[place]
  const basisPoints = basisPointsEnd(pieces, place)
  if (basisPoints !== undefined) {
    const percent = Number((value / 100).toPrecision(12))
    return {
      chunk: { kind: "amount", unit: "percent", value: percent, sign },
      end: basisPoints,
    }
  }
  const minutes = unit && unitMinutes[unit.concept]
  if (minutes !== undefined) {
    const isShort = !unit.isSpaced && unit.text.length <= 3
    const chunk: Amount = {
      kind: "amount",
      unit: "minutes",
      value: value * minutes,
      unitMinutes: minutes,
      isShort,
      sign,
      ...(number.range && { list: number.range.map((each) => each * minutes) }),
    }
    return { chunk, end: place + 1 }
  }
  // "1.5 * sma(volume, 20)".
  if (unit?.text === "*" && ["function", "average", "volume"].includes(pieces[place + 1]?.concept))
    return { chunk: { kind: "amount", unit: "times", value }, end: place + 1 }
  const hour = hourOf(value, unit)
  if (hour !== undefined)
    return { chunk: { kind: "amount", unit: "clock", value: hour, ...hoursOf(number.range, unit) }, end: place + 1 }
  const known = units.find(([concept]) => isUnit(unit, concept))
  if (!known && isArticle(pieces, at, number.end)) return undefined
  if (!known)
    return { chunk: { kind: "amount", unit: "plain", value, list: list ?? number.range, sign }, end: number.end }
  const chunk: Amount = {
    kind: "amount",
    unit: known[1],
    value,
    list: number.range ?? (one.has(known[1]) ? undefined : list),
    sign,
    ...(isLast && { isLast }),
  }
  return {
    chunk: known[1] === "money" ? { ...chunk, currency: unit.text } : chunk,
    end: place + 1,
  }
}

/** "75 bps", "75 basis points" are hundredths of a percent: the piece after the unit. */
function basisPointsEnd(pieces: readonly Piece[], at: number): number | undefined {
  if (/^(bps?|bips?|basispunkte?)$/.test(pieces[at]?.text ?? "")) return at + 1
  const text = [pieces[at]?.text, pieces[at + 1]?.text].join(" ")
  if (/^basis points? ?/.test(text)) return pieces[at].text.startsWith("basis point") ? at + 1 : at + 2
  return undefined
}

/** "0,5 %" is half a percent, never a list of 0 and 5. */
const one = new Set<Unit>(["percent", "money", "times"])

/** "9 am" is 9, "5 pm" 17, "9 Uhr" 9. */
function hourOf(value: number, unit: Piece | undefined): number | undefined {
  if (!unit || !Number.isInteger(value) || value < 0 || value > 24) return undefined
  if (unit.concept === "pm") return (value % 12) + 12
  if (unit.concept === "am") return value % 12
  return unit.concept === "utc" ? value % 24 : undefined
}

/** "9-17 UTC": both ends. */
function hoursOf(range: number[] | undefined, unit: Piece | undefined): Pick<Amount, "list"> {
  const hours = (range ?? []).flatMap((each) => hourOf(each, unit) ?? [])
  return hours.length === 2 ? { list: hours } : {}
}

const countable = new Set<Piece["concept"]>([
  "position",
  "trade",
  "green",
  "red",
  "safetyOrder",
  "grid",
  "gridLine",
  "buy",
  "filler",
  "atOnce",
])

/** "One" without something to count is no number: "each one". */
function isArticle(pieces: readonly Piece[], at: number, end: number): boolean {
  const isOne = pieces[at].concept === "number" && pieces[at].value === 1 && end === at + 1
  const next = pieces[end]
  return isOne && !(next && countable.has(next.concept) && next.text !== "of")
}

function isUnit(piece: Piece | undefined, concept: Concept): boolean {
  return piece?.concept === concept
}

/** "50-day": the hyphen joins. */
export function afterHyphen(pieces: readonly Piece[], at: number): number {
  return pieces[at]?.text === "-" && !pieces[at].isSpaced ? at + 1 : at
}
