import type { RunSetup } from "./run-setup.ts"

/** What somebody changed about how a strategy is tested: only what differs, as it was and as it is. */
export type SettingsChange = { before: Partial<RunSetup>; after: Partial<RunSetup> }

/** In the order in which they name a change of several: choosing a market changes the period too. */
const words = {
  market: "Changed the market",
  also: "Changed the markets tested together",
  timeframe: "Changed the candles",
  venue: "Changed the exchange",
  cash: "Changed the cash",
  feePercent: "Changed the fee",
  slippagePercent: "Changed the slippage",
  delayCandles: "Changed the delay",
  fills: "Changed the fills",
  leverage: "Changed the leverage",
  unseenPercent: "Changed how much stays unseen",
  fromMs: "Changed the period",
  toMs: "Changed the period",
  params: "A slider moved",
} as const satisfies Partial<Record<keyof RunSetup, string>>

/** The change that leads from a setup to the same with `part`; undefined where the test stays as it is. */
export function settingsChange(setup: RunSetup, part: Partial<RunSetup>): SettingsChange | undefined {
  const differing = (Object.keys(part) as (keyof RunSetup)[]).filter((name) => !isSame(setup[name], part[name]))
  // Another strategy has a history of its own, and which chart is shown decides no result.
  if (differing.includes("strategy") || !differing.some((name) => name in words)) return undefined
  return { before: only(setup, differing), after: only(part, differing) }
}

/** "Changed the cash" */
export function settingsChangeWords({ after }: SettingsChange): string {
  const name = (Object.keys(words) as (keyof typeof words)[]).find((each) => each in after)
  return words[name ?? "params"]
}

/** Whether it is a number that goes on moving, or a field that goes on being typed into; undefined for other acts. */
export function movedSetting({
  before,
  after,
}: SettingsChange): { place: string; kind: "number" | "string" } | undefined {
  const [name, ...others] = Object.keys(after)
  if (others.length > 0) return undefined
  if (name !== "params") return { place: name, kind: "string" }
  const [was, is] = [before.params ?? {}, after.params ?? {}]
  const [param, ...more] = Object.keys({ ...was, ...is }).filter((each) => was[each] !== is[each])
  const isNumber = [was[param], is[param]].every((value) => value === undefined || typeof value === "number")
  return more.length === 0 && isNumber ? { place: `params.${param}`, kind: "number" } : undefined
}

function only(setup: Partial<RunSetup>, names: (keyof RunSetup)[]): Partial<RunSetup> {
  return Object.fromEntries(names.map((name) => [name, setup[name]]))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
