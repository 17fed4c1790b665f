import {
  type StrategyDocument,
  type StrategyParam,
  type WrittenStrategy,
} from "../../strategy/document/strategy-document.ts"
import { paramPlaces } from "../../strategy/document/strategy-document-params.ts"
import { formulasOf } from "../../strategy/document/strategy-check.ts"
import { makeNumberAdjustable, freeName, sensibleParam, withoutUnusedParams } from "../../strategy/edit/adjustable.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { type DocumentPath, valueAt, withValueAt } from "../../strategy/edit/document-path.ts"
import { type NumberMeaning, type NumberSpot, numberSpots } from "../../strategy/edit/number-spot.ts"

/** More sliders than this are a wall, not a choice. */
const MOST_SLIDERS = 12

/**
 * The document with its lengths, limits, stop and targets as params: sliders, whoever wrote the numbers. What stood in
 * `given` already stays as it was there.
 */
export function withNamedNumbers(written: WrittenStrategy, given?: StrategyDocument): WrittenStrategy {
  const old = new Set(given === undefined ? [] : formulasOf(given))
  const formulas = writtenFormulas(written).filter(({ text }) => !old.has(text))
  const named = formulas.reduce((document, { path }) => withFormulaNamed(document, path), written)
  return protectedPlaces(written)
    .filter(({ path }) => given === undefined || valueAt(given, path) !== valueAt(written, path))
    .reduce((document, { path, meaning }) => withNumberNamed(document, path, meaning), named)
}

/** Every number of one formula, from the last on, so that the places before stay. */
function withFormulaNamed(written: WrittenStrategy, path: DocumentPath): WrittenStrategy {
  const spots = numberSpots(String(valueAt(written, path))).filter(isTelling)
  return spots.toSorted((a, b) => b.at - a.at).reduce((document, spot) => withSpotNamed(document, path, spot), written)
}

/** Hours and days of the week are chosen, not slid. */
const ofTheClock = /\b(hour|weekday)\b/i

/** Numbers that say by their place what they are; an offset of 1 or a factor of 1.02 does not, and zero is a line. */
function isTelling({ label, value }: NumberSpot): boolean {
  return label !== "Number" && Number.isFinite(value) && value !== 0 && !ofTheClock.test(label)
}

function withSpotNamed(document: WrittenStrategy, path: DocumentPath, spot: NumberSpot): WrittenStrategy {
  const text = String(valueAt(document, path))
  const digits = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/.exec(text.slice(spot.at))?.[0]
  if (digits === undefined) return document
  const { name, document: added } = namedParam(document, spot)
  if (name === undefined) return document
  return withValueAt(added, path, `${text.slice(0, spot.at)}${name}${text.slice(spot.at + digits.length)}`)
}

/** The same number with the same meaning moves by one slider, wherever it stands. */
function namedParam(document: WrittenStrategy, meaning: NumberMeaning): { name?: string; document: WrittenStrategy } {
  const params = document.params ?? {}
  const same = Object.entries(params).find(
    ([, param]) => param.value === meaning.value && param.label?.replace(/ \d+$/, "") === meaning.label,
  )
  if (same !== undefined) return { name: same[0], document }
  if (Object.keys(params).length >= MOST_SLIDERS) return { document }
  const name = freeName(document, meaning.label)
  const taken = Object.values(params).filter((param) => param.label?.replace(/ \d+$/, "") === meaning.label).length
  const label = taken === 0 ? meaning.label : `${meaning.label} ${taken + 1}`
  return { name, document: { ...document, params: { ...params, [name]: { label, ...sensibleParam(meaning) } } } }
}

type Place = { path: DocumentPath; meaning: Omit<NumberMeaning, "value"> }

const percent = { isWhole: false, min: 0.1, max: 99 }

function protectedPlaces({ protect = {} }: WrittenStrategy): Place[] {
  const targets = (protect.takeProfit ?? []).map((_, n) => ({
    path: ["protect", "takeProfit", n, "percent"],
    meaning: { ...percent, label: "Take profit", max: 10_000 },
  }))
  return [
    { path: ["protect", "stopLoss", "percent"], meaning: { ...percent, label: "Stop loss" } },
    {
      path: ["protect", "stopLoss", "multiple"],
      meaning: { label: "Stop in ranges", isWhole: false, min: 0.1, max: 100 },
    },
    ...targets,
    { path: ["protect", "trailing", "percent"], meaning: { ...percent, label: "Trailing stop" } },
  ]
}

function withNumberNamed(
  document: WrittenStrategy,
  path: DocumentPath,
  meaning: Omit<NumberMeaning, "value">,
): WrittenStrategy {
  const value = valueAt(document, path)
  if (typeof value !== "number" || Object.keys(document.params ?? {}).length >= MOST_SLIDERS) return document
  const adjusted = makeNumberAdjustable(document, path, { ...meaning, value })
  return adjusted.ok ? adjusted.document : document
}

/**
 * A changed document with the sliders of the one it came from where they still fit: a number that stood behind a
 * slider stands behind it again, moved to its new value.
 */
export function withOldNames(given: StrategyDocument, changed: WrittenStrategy): WrittenStrategy {
  const inFormulas = new Set(Object.keys(given.params).filter((name) => namesIn(given).test(name)))
  const renamed = paramPlaces(given).reduce((document, { path, name }) => {
    const place = path
      .split(/[.[\]]+/)
      .filter((step) => step !== "")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const value = valueAt(document, place)
    const param = given.params[name]
    if (typeof value !== "number" || param === undefined || param.type === "bool") return document
    if (value !== param.value && inFormulas.has(name)) return document
    const params = {
      ...document.params,
      [name]: value === param.value ? (document.params?.[name] ?? param) : moved(param, value),
    }
    return withValueAt({ ...document, params }, place, name)
  }, changed)
  return withoutUnusedParams({ ...renamed, ...given }, renamed)
}

type NumberParam = Exclude<StrategyParam, { type: "bool" }>

function moved(param: NumberParam, value: number): NumberParam {
  const type = Number.isInteger(value) ? param.type : "number"
  const step = type === "number" && param.type === "int" ? 0.1 : param.step
  return {
    ...param,
    type,
    step,
    value,
    min: Math.min(param.min, value),
    max: Math.max(param.max, value),
  } as NumberParam
}

function namesIn(document: StrategyDocument): { test: (name: string) => boolean } {
  const all = formulasOf(document).join("\n")
  return { test: (name) => new RegExp(`\\b${name}\\b`).test(all) }
}
