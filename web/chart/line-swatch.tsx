import { lineLook } from "./line-look.ts"

/** A short stroke in the line's own look, so that a name is distinct from the next. */
export function LineSwatch({ at }: { at: number }) {
  const { role, style } = lineLook(at)
  return (
    <span
      aria-hidden
      className="inline-block w-4 border-t-2 align-middle"
      style={{ borderColor: `var(--${role})`, borderStyle: style }}
    />
  )
}
