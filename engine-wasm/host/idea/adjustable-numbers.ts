import { documentLimits, type WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { freeName, isTakenName, makeFormulaNumberAdjustable, makeNumberAdjustable, sensibleParam } from "../strategy/edit/adjustable.ts"
import { writtenFormulas } from "../strategy/edit/document-formulas.ts"
import { type DocumentPath, valueAt, withValueAt } from "../strategy/edit/document-path.ts"
import { numberSpots } from "../strategy/edit/number-spot.ts"
import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"

/** The document with its numbers as sliders, and values used twice under a name of their own. */
export function withSliders(document: WrittenStrategy): WrittenStrategy {
  return withPartSliders(withFormulaSliders(withSharedSeries(document)))
}

const nicknames: Record<string, string> = {
  bbands: "bands",
  keltner: "channel",
  donchian: "channel",
  macd: "momentum",
  supertrend: "trend",
  ichimoku: "cloud",
  rsi: "strength",
  stoch: "swing",
}

/** A call that several conditions use is a series, so that one slider moves it everywhere. */
function withSharedSeries(document: WrittenStrategy): WrittenStrategy {
  const counts = new Map<string, number>()
  for (const { text } of writtenFormulas(document)) for (const call of new Set(callsIn(text))) counts.set(call, (counts.get(call) ?? 0) + 1)
  const shared = [...counts].filter(([, count]) => count > 1).map(([call]) => call)
  return shared.toSorted((a, b) => lengthIn(a) - lengthIn(b)).reduce(withSeries, document)
}

/** Plain calls with numbers of their own: `ema(close, 20)`. */
function callsIn(text: string): string[] {
  return [...text.matchAll(/\b([a-zA-Z]\w*)\((?:[a-z]+, )?\d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*\)/g)].flatMap(([call, name]) => (functionCatalogue.has(name) ? [call] : []))
}

function lengthIn(call: string): number {
  return Number(/\d+/.exec(call)?.[0] ?? 0)
}

function withSeries(document: WrittenStrategy, call: string): WrittenStrategy {
  const name = seriesName(document, call)
  const replaced = writtenFormulas(document).reduce((changed, { path, text }) => withValueAt(changed, path, text.replaceAll(call, name)), document)
  return { ...replaced, series: { ...replaced.series, [name]: call } }
}

const averages = /^(sma|ema|wma|dema|tema|hma|kama|vwma|rma|trima)\(/

function seriesName(document: WrittenStrategy, call: string): string {
  const averagesSoFar = Object.values(document.series ?? {}).filter((text) => averages.test(text)).length
  const base = averages.test(call) ? (["fast", "slow", "slowest"][averagesSoFar] ?? "average") : (nicknames[call.split("(")[0]] ?? `${call.split("(")[0]}Value`)
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`
    if (!isTakenName(document, name)) return name
  }
}

function withFormulaSliders(document: WrittenStrategy): WrittenStrategy {
  return writtenFormulas(document).reduce((changed, { path }) => withSlidersAt(changed, path), document)
}

/** Hours and days are chosen, not slid. */
const fixed = /^(hour|weekday)\b|\b(hour|weekday) /

function withSlidersAt(document: WrittenStrategy, path: DocumentPath): WrittenStrategy {
  let changed = document
  const text = () => String(valueAt(changed, path))
  if (fixed.test(text())) return changed
  for (const { at, label } of numberSpots(text()).toReversed()) {
    if (Object.keys(changed.params ?? {}).length >= MOST_SLIDERS) return changed
    if (label !== "Number") {
      const made = makeFormulaNumberAdjustable(changed, path, at)
      if (made.ok) changed = made.document
    } else if (/^\d+(\.\d+)? \/ 100/.test(text().slice(at))) changed = withDistance(changed, path, at)
  }
  return changed
}

/** Room for the parts below the rules. */
const MOST_SLIDERS = documentLimits.params - 16

/** The 3 of `x * (1 - 3 / 100)`. */
function withDistance(document: WrittenStrategy, path: DocumentPath, at: number): WrittenStrategy {
  const text = String(valueAt(document, path))
  const written = /^\d+(\.\d+)?/.exec(text.slice(at))![0]
  const name = freeName(document, "Distance percent")
  const param = { label: "Distance %", ...sensibleParam({ label: "Distance %", value: Number(written), isWhole: false, min: 0, max: 1_000 }) }
  const named = { ...document, params: { ...document.params, [name]: param } }
  return withValueAt(named, path, `${text.slice(0, at)}${name}${text.slice(at + written.length)}`)
}

/** Numbers of the parts below the rules, by the names traders give them. */
const partNumbers: { path: DocumentPath; label: string; min: number; max: number; isWhole?: boolean }[] = [
  { path: ["protect", "stopLoss", "percent"], label: "Stop loss %", min: 0.1, max: 99 },
  { path: ["protect", "stopLoss", "multiple"], label: "Stop (times ATR)", min: 0.1, max: 1_000 },
  { path: ["protect", "takeProfit", 0, "percent"], label: "Take profit %", min: 0.1, max: 10_000 },
  { path: ["protect", "takeProfit", 1, "percent"], label: "Second target %", min: 0.1, max: 10_000 },
  { path: ["protect", "takeProfit", 2, "percent"], label: "Third target %", min: 0.1, max: 10_000 },
  { path: ["protect", "trailing", "percent"], label: "Trailing stop %", min: 0.1, max: 99 },
  { path: ["protect", "trailing", "armAtPercent"], label: "Trail from profit %", min: 0, max: 10_000 },
  { path: ["protect", "breakEven", "atPercent"], label: "Break-even at %", min: 0.1, max: 10_000 },
  { path: ["protect", "timeStop", "candles"], label: "Most candles held", min: 1, max: 1_000_000, isWhole: true },
  { path: ["add", "everyDropPercent"], label: "Buy more every % down", min: 0.1, max: 99 },
]

function withPartSliders(document: WrittenStrategy): WrittenStrategy {
  return partNumbers.reduce((changed, { path, label, min, max, isWhole = false }) => {
    const value = valueAt(changed, path)
    if (typeof value !== "number" || value < min || value > max) return changed
    const made = makeNumberAdjustable(changed, path, { label, value, isWhole, min, max })
    return made.ok ? made.document : changed
  }, document)
}
