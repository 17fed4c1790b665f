/** One set of tokens for every picture that is not over time. Colours are roles, so that both themes hold. */
export const looks = {
  gain: "var(--gain)",
  loss: "var(--loss)",
  accent: "var(--accent)",
  plain: "var(--info)",
  ink: "var(--ink-strong)",
  words: "var(--ink-soft)",
  line: "var(--line)",
  ground: "var(--surface-0)",
  fontPx: 12,
  /** Room for the labels of an axis. */
  left: 44,
  bottom: 22,
  top: 8,
  right: 8,
} as const

/** The colour of an amount by its sign. */
export function colourOfSign(value: number): string {
  return value >= 0 ? looks.gain : looks.loss
}

/** A background that is stronger the further `value` is from zero, but never so strong that text is unreadable. */
export function groundOf(value: number, strongest: number): string {
  const share = strongest > 0 ? (MOST_GROUND_PERCENT * Math.abs(value)) / strongest : 0
  return `color-mix(in srgb, ${colourOfSign(value)} ${share.toFixed(1)}%, ${looks.ground})`
}

const MOST_GROUND_PERCENT = 32

/** A background that is stronger the further `value` is from the least; text on the strongest can still be read. */
export function groundWithin(value: number, { least, most }: { least: number; most: number }): string {
  const share = most > least ? (MOST_RANGE_PERCENT * (value - least)) / (most - least) : 0
  return `color-mix(in srgb, ${looks.plain} ${(LEAST_RANGE_PERCENT + share).toFixed(1)}%, ${looks.ground})`
}

const LEAST_RANGE_PERCENT = 4
const MOST_RANGE_PERCENT = 46
