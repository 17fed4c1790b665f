import { useEffect, useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"

const REST_MS = 150

/**
 * The document to draw cards from. While only the values of sliders move, it stays the one before, and follows when the
 * finger rests: the curve has the time.
 */
export function useRestedValues(document: WrittenStrategy): WrittenStrategy {
  const [shown, setShown] = useState(document)
  const isMoving = shown !== document && differOnlyInValues(shown, document)
  if (shown !== document && !isMoving) setShown(document)
  useEffect(() => {
    if (!isMoving) return
    const timer = setTimeout(() => setShown(document), REST_MS)
    return () => clearTimeout(timer)
  }, [isMoving, document])
  return isMoving ? shown : document
}

/** A change made to a document that was drawn, made to the newest one: sliders that moved since keep their values. */
export function onNewestValues(
  next: WrittenStrategy,
  { shown, newest }: { shown: WrittenStrategy; newest: WrittenStrategy },
): WrittenStrategy {
  if (shown === newest || !next.params) return next
  const params = Object.entries(next.params).map(([name, param]) => {
    const value = newest.params?.[name]?.value
    const isUntouched = param.value === shown.params?.[name]?.value
    return [name, isUntouched && value !== undefined ? { ...param, value } : param]
  })
  return { ...next, params: Object.fromEntries(params) as WrittenStrategy["params"] }
}

function differOnlyInValues(a: WrittenStrategy, b: WrittenStrategy): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof WrittenStrategy>
  const others = [...keys].filter((key) => key !== "params")
  return others.every((key) => a[key] === b[key]) && haveSameSliders(a.params ?? {}, b.params ?? {})
}

type Params = NonNullable<WrittenStrategy["params"]>

function haveSameSliders(a: Params, b: Params): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => b[name] && isSameSlider(a[name], b[name]))
}

function isSameSlider(a: Params[string], b: Params[string]): boolean {
  return a === b || JSON.stringify({ ...a, value: 0 }) === JSON.stringify({ ...b, value: 0 })
}
