import { formatShort, isTimeframe, quoted } from "#engine/candles"
import { closestName } from "#engine/strategy"
import {
  defaultSetup,
  fillModes,
  MOST_MARKETS,
  searchFromSetup,
  type SetupSearch,
  setupBounds,
  setupFromSearch,
} from "./run-setup.ts"
import { venueIds } from "./venue-terms.ts"

/**
 * The unreadable parts of an address, in sentences: defaults replace them, and nobody should mistake those for what
 * the link asked.
 */
export function addressProblems(search: Record<string, unknown>): string[] {
  const text = (name: keyof SetupSearch) => (typeof search[name] === "string" ? search[name] : "")
  const read = setupFromSearch(search)
  const amounts = [
    { name: "cash", field: "cash", bounds: setupBounds.cash, what: "money" },
    { name: "fee", field: "feePercent", bounds: setupBounds.feePercent, what: "a fee in percent" },
    { name: "slippage", field: "slippagePercent", bounds: setupBounds.slippagePercent, what: "slippage in percent" },
    { name: "delay", field: "delayCandles", bounds: setupBounds.delayCandles, what: "a whole number of candles" },
    { name: "leverage", field: "leverage", bounds: setupBounds.leverage, what: "a leverage" },
    { name: "unseen", field: "unseenPercent", bounds: setupBounds.unseenPercent, what: "a share in percent" },
  ] as const
  const moments = [
    { name: "from", read: read.fromMs },
    { name: "to", read: read.toMs },
  ] as const
  return [
    ...amounts
      .filter(({ name, field }) => text(name) !== "" && read[field] !== Number(text(name)))
      .map(
        ({ name, bounds, what }) =>
          `${name} is ${quoted(text(name))}, which is not ${what} from ${formatShort(bounds.min)} to ${formatShort(bounds.max)}`,
      ),
    ...moments
      .filter(({ name, read: timeMs }) => text(name) !== "" && timeMs === undefined)
      .map(({ name }) => `${name} is ${quoted(text(name))}, which is not a day, such as 2024-01-31`),
    ...(text("also").split(",").length < MOST_MARKETS
      ? []
      : [`also names too many markets: ${MOST_MARKETS} at most are tested together`]),
    ...(text("fills") === "" || text("fills") === read.fills
      ? []
      : [`fills is ${quoted(text("fills"))}, which is none of ${fillModes.join(", ")}`]),
    ...(text("venue") === "" || read.venue !== undefined
      ? []
      : [`venue is ${quoted(text("venue"))}, which is none of ${venueIds.join(", ")}`]),
    ...(text("timeframe") === "" || isTimeframe(text("timeframe"))
      ? []
      : [`timeframe is ${quoted(text("timeframe"))}, which is not one of ours, such as 1h`]),
    ...unreadableParams(text("params"), read.params),
    ...unknownNames(search),
  ]
}

const knownNames = Object.keys(searchFromSetup(defaultSetup))
/** As many as anybody reads. */
const MOST_UNKNOWN = 5

function unknownNames(search: Record<string, unknown>): string[] {
  const unknown = Object.keys(search).filter((name) => !knownNames.includes(name))
  return unknown.slice(0, MOST_UNKNOWN).map((name) => {
    const meant = closestName(name, knownNames)
    return `${quoted(name, 40)} is no setting of a test${meant === undefined ? "" : `, perhaps ${meant} was meant`}`
  })
}

function unreadableParams(text: string, read: Record<string, unknown>): string[] {
  return text
    .split(",")
    .filter((pair) => pair !== "" && !Object.hasOwn(read, pair.split(":")[0]))
    .map((pair) => `params holds ${quoted(pair)}, which is not a name and a number, such as fast:20`)
}
