import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { freeName, makeNumberAdjustable, sensibleParam } from "../strategy/edit/adjustable.ts"
import { writtenFormulas } from "../strategy/edit/document-formulas.ts"
import { type DocumentPath, valueAt, withValueAt } from "../strategy/edit/document-path.ts"
import { withNamedNumbers } from "./model/named-numbers.ts"

/** The document with its numbers as sliders: lengths, limits, distances, stop, targets and steps. */
export function withSliders(document: WrittenStrategy): WrittenStrategy {
  return withNamedNumbers(withStep(withDistances(document)))
}

const distance = { label: "Distance %", isWhole: false, min: 0.1, max: 99 }

/** The 3 of `sma(close, 24) * (1 - 3 / 100)`. */
function withDistances(document: WrittenStrategy): WrittenStrategy {
  return writtenFormulas(document).reduce((changed, { path, text }) => {
    const found = /\(1 [-+] (\d+(?:\.\d+)?) \/ 100\)/.exec(text)
    return found ? withDistance(changed, path, { at: found.index + 5, digits: found[1] }) : changed
  }, document)
}

function withDistance(
  document: WrittenStrategy,
  path: DocumentPath,
  { at, digits }: { at: number; digits: string },
): WrittenStrategy {
  const text = String(valueAt(document, path))
  const name = freeName(document, "Distance percent")
  const param = { ...sensibleParam({ ...distance, value: Number(digits) }), label: distance.label }
  const named = { ...document, params: { ...document.params, [name]: param } }
  return withValueAt(named, path, `${text.slice(0, at)}${name}${text.slice(at + digits.length)}`)
}

/** How far the price falls between purchases. */
function withStep(document: WrittenStrategy): WrittenStrategy {
  const value = document.add?.everyDropPercent
  if (typeof value !== "number") return document
  const meaning = { label: "Buy more every % down", value, isWhole: false, min: 0.1, max: 99 }
  const made = makeNumberAdjustable(document, ["add", "everyDropPercent"], meaning)
  return made.ok ? made.document : document
}
