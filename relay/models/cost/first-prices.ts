import type { PriceRow } from "./price-row.ts"

/** The rows a person begins with, in dollars for a million tokens in, from a cache, and out. */
const read: [
  model: string,
  readOn: string,
  input: number,
  cached: number,
  output: number,
  surcharges?: PriceRow["surcharges"],
][] = [
  ["gpt-6-luna", "2026-11", 0.1, 0.01, 0.5],
  ["gpt-6.1-sol", "2026-11", 2, 0.1, 10],
  ["gpt-6-astra", "2026-11", 10, 1, 50, [{ times: 2, of: "input", aboveInputTokens: 272_000 }]],
  ["claude-haiku-5-5", "2026-10", 0.1, 0.01, 0.5, [{ times: 5, of: "all", aboveInputTokens: 100_000 }]],
  ["claude-sonnet-5-5", "2026-10", 2, 0.1, 10],
  ["claude-opus-5-5", "2026-10", 4, 0.2, 20],
  ["deepseek-flash", "2026-10", 0.15, 0.003, 0.6, dearHours()],
  ["deepseek-v4-pro", "2026-10", 0.66, 0.022, 1.98, dearHours()],
]

export const firstPrices: readonly PriceRow[] = read.map(([model, readOn, input, cached, output, surcharges]) => ({
  model,
  readOn,
  prices: { input: micro(input), cachedRead: micro(cached), cachedWrite: micro(input), output: micro(output) },
  ...(surcharges && { surcharges }),
}))

function dearHours(): PriceRow["surcharges"] {
  return [
    {
      times: 2,
      of: "all",
      utcHours: [
        [1, 4],
        [6, 10],
      ],
      onWeekdaysOnly: true,
    },
  ]
}

function micro(dollars: number): number {
  return Math.round(dollars * 1_000_000)
}
