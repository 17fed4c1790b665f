const roles = ["accent", "info", "mode-testnet", "warn", "ink-soft"] as const

/** How the line at place `at` looks: colours first, then the same ones dashed. */
export function lineLook(at: number): { role: (typeof roles)[number]; style: "solid" | "dashed" } {
  return { role: roles[at % roles.length], style: Math.floor(at / roles.length) % 2 === 0 ? "solid" : "dashed" }
}
