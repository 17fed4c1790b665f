/** No strategy is this large; a larger script is refused unread. */
export const SCRIPT_LIMITS = {
  characters: 262_144,
  lines: 5_000,
  depth: 60,
} as const
