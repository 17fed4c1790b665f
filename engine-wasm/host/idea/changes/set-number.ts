import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { type DocumentPath, valueAt, withValueAt } from "../../strategy/edit/document-path.ts"

/** A number of the document, whether it is written there or a slider stands for it. */
export function numberAt(document: WrittenStrategy, path: DocumentPath): number | undefined {
  const value = valueAt(document, path)
  if (typeof value === "number") return value
  const param = typeof value === "string" ? document.params?.[value] : undefined
  return param && param.type !== "bool" ? param.value : undefined
}

/** The document with another number at a place; a slider that stands there moves, and reaches further if it must. */
export function withNumberAt(document: WrittenStrategy, path: DocumentPath, value: number): WrittenStrategy {
  const written = valueAt(document, path)
  if (typeof written === "string" && document.params?.[written]) return withParamAt(document, written, value)
  return withValueAt(document, path, value)
}

/** The document with a slider at another value. */
export function withParamAt(document: WrittenStrategy, name: string, value: number): WrittenStrategy {
  const param = document.params![name]
  if (param.type === "bool") return document
  const type = param.type === "int" && !Number.isInteger(value) ? "number" : param.type
  const step = type === param.type ? param.step : 0.1
  const moved = { ...param, type, step, value, min: Math.min(param.min, value), max: Math.max(param.max, value) }
  return { ...document, params: { ...document.params, [name]: moved as typeof param } }
}
