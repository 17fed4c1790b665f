import { formulaText } from "../formula/formula.ts"
import type { DraftStrategy, Side } from "./draft-strategy.ts"
import { choice } from "./formula-making.ts"
import { distancePrice, distanceText, mirroredDistance, type Distance } from "./pine-distance.ts"
import type { ExitPart } from "./pine-protection.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

export type SideParts = { side: Side; parts: ExitPart[] }

/** What both sides share goes into the document; their own prices are chosen by the entry that was true. */
export function joinSides(found: SideParts[], draft: DraftStrategy, notes: TranslationNotes) {
  const all = found.flatMap(({ parts }) => parts)
  if (all.length === 0) return
  joinStops(found, draft, notes)
  joinTrailing(found, draft, notes)
  joinTargets(found, draft, notes)
}

/** A line for each part whose effect is not in the document: none of them may vanish without a word. */
function refuse(parts: ExitPart[], word: "stop" | "target" | "trailing", why: string, notes: TranslationNotes) {
  const lines = new Set<ScriptLine>(parts.filter((part) => part[word]).map(({ line }) => line))
  for (const line of lines) notes.missed(line, why)
}

const OF_A_PART = "a stop for a part of the position has no equal here"
const ONE_SIDE = "here stop and targets are for both sides, and the other side has none of this kind"

function joinStops(found: SideParts[], draft: DraftStrategy, notes: TranslationNotes) {
  const all = found.flatMap(({ parts }) => parts)
  if (found.some(({ parts }) => !isWhole(parts, ({ stop }) => stop && distanceText(stop))))
    return refuse(all, "stop", OF_A_PART, notes)
  const stop = oneDistance(withMirror(found, notes), (parts) => parts[0]?.stop, { draft, kind: "stop" })
  if (stop && stop !== "one side only")
    draft.protect.stopLoss = "percent" in stop ? { kind: "percent", ...stop } : priceStop(stop)
}

/** A stop of one side only is taken for both, at the same distance: an account is safer with it, and its line says so. */
function withMirror(found: SideParts[], notes: TranslationNotes): SideParts[] {
  const [own] = found.flatMap(({ parts }) => parts.filter(({ stop }) => stop))
  if (!own?.stop || found.every(({ parts }) => parts[0]?.stop)) return found
  notes.left(own.line, FOR_BOTH)
  const mirrored: ExitPart = { ...own, stop: mirroredDistance(own.stop) }
  return found.map(({ side, parts }) => ({ side, parts: parts[0]?.stop ? parts : [mirrored] }))
}

const FOR_BOTH = "the other side has no stop in the script; here this stop is for both sides, at the same distance"

function priceStop({ price }: Extract<Distance, { price: unknown }>) {
  return { kind: "price" as const, formula: formulaText(price) }
}

function joinTrailing(found: SideParts[], draft: DraftStrategy, notes: TranslationNotes) {
  const all = found.flatMap(({ parts }) => parts)
  const text = ({ trailing }: ExitPart) => trailing && JSON.stringify(trailing)
  if (found.some(({ parts }) => !isWhole(parts, text))) return refuse(all, "trailing", OF_A_PART, notes)
  const given = found.map(({ parts }) => parts[0]?.trailing)
  const [first, ...others] = given.filter((one) => one !== undefined)
  if (first && others.length + 1 < given.length)
    for (const { line } of all.filter(({ trailing }) => trailing)) notes.left(line, FOR_BOTH)
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    return refuse(all, "trailing", "the trailing stop is one for both sides here, and these differ", notes)
  if (first) draft.protect.trailing = first
}

/** Whether no part says it, or all say the same and together are the whole position. */
function isWhole(parts: ExitPart[], say: (part: ExitPart) => string | undefined): boolean {
  const said = new Set(parts.map(say))
  const sum = parts.reduce((whole, { percent }) => whole + percent, 0)
  return said.size === 0 || (said.size === 1 && (said.has(undefined) || sum >= 100))
}

function joinTargets(found: SideParts[], draft: DraftStrategy, notes: TranslationNotes) {
  const sorted = found.map(({ side, parts }) => ({ side, parts: nearestFirst(parts.filter(({ target }) => target)) }))
  const all = sorted.flatMap(({ parts }) => parts)
  const shares = new Set(sorted.map(({ parts }) => parts.map(({ percent }) => percent).join()))
  if (shares.size > 1) return refuse(all, "target", differentTargets(sorted), notes)
  let left = 100
  const targets = sorted[0].parts.map(({ percent }, n) => {
    const share = Math.min(1, Number((percent / left).toPrecision(10)))
    left -= percent
    return { target: oneDistance(sorted, (parts) => parts[n].target, { draft, kind: "target" }) as Distance, share }
  })
  if (targets.length === 0) return
  draft.protect.takeProfit = targets.map(({ target, share }) =>
    "percent" in target ? { ...target, share } : { formula: formulaText(target.price), share },
  )
}

function differentTargets(found: SideParts[]): string {
  if (found.some(({ parts }) => parts.length === 0)) return ONE_SIDE
  return "here both sides sell the same shares at their targets, and these differ"
}

/** Of known percents the nearest comes first, as each sells a share of what is left; others keep their order. */
function nearestFirst(parts: ExitPart[]): ExitPart[] {
  const percent = ({ target }: ExitPart) => (target && "percent" in target ? target.percent : undefined)
  if (!parts.every((part) => typeof percent(part) === "number")) return parts
  return parts.toSorted((a, b) => Number(percent(a)) - Number(percent(b)))
}

type Wanted = { draft: DraftStrategy; kind: "stop" | "target" }

/** The distance of both sides; where they differ, the price of the side whose entry was true. */
function oneDistance(
  found: SideParts[],
  of: (parts: ExitPart[]) => Distance | undefined,
  { draft, kind }: Wanted,
): Distance | "one side only" | undefined {
  const [first, second] = found.map(({ side, parts }) => ({ side, distance: of(parts) }))
  if (!second || (!first.distance && !second.distance)) return first.distance
  if (!first.distance || !second.distance) return "one side only"
  if (distanceText(first.distance) === distanceText(second.distance)) return first.distance
  const [long, short] = [first, second].map(({ side, distance }) => distancePrice(distance!, side, kind))
  return { price: choice(draft.entryOf("long"), long, short) }
}
