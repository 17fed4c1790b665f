import { isoTime, plainText } from "#engine/candles"
import { type AccountSettings, defaultAccount } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import { accountFrom, type AccountValues } from "./account-input.ts"
import { report } from "./answer.ts"
import { periodOptions } from "./command.ts"
import { readStrategy } from "./strategy-input.ts"

/** The last moment a Date knows. */
const LAST_MS = 8.64e15

type Period = { fromMs?: number; toMs?: number }
type Tested = { strategy: StrategyDocument; account: AccountSettings; period: Period; markets: readonly string[] }

/**
 * What a command runs: the strategy of a file with the account and period of the options, and where the file is a
 * run's, with the run's own for every option left out, which it says on stderr. One of --from and --to makes the whole
 * period the options' own. `markets`: the names for candles given without one.
 */
export async function openTested(
  file: string,
  values: AccountValues & { from?: string; to?: string },
): Promise<Tested> {
  const given = { account: accountFrom(values), period: periodOptions(values) }
  const { strategy, setup } = await readStrategy(file)
  if (!setup) return { strategy, ...given, markets: strategy.markets }
  const account = accountFrom(values, accountOf(setup))
  const period = values.from === undefined && values.to === undefined ? periodOf(setup) : given.period
  report(
    `${plainText(file, 200)} is a run; its strategy is taken as it was run, and ${settingsWords(account, period)}.`,
  )
  return { strategy, account, period, markets: marketsOf(setup) ?? strategy.markets }
}

/** A setting that is damaged, or that an earlier Candlewright did not know, is the usual one. */
function accountOf({ account }: Record<string, unknown>): AccountSettings {
  const written = Object(account) as Record<string, unknown>
  const known = Object.entries(defaultAccount).map(([name, usual]) => {
    const value = written[name]
    return [name, typeof value === typeof usual ? value : usual]
  })
  return Object.fromEntries(known) as AccountSettings
}

function periodOf({ fromMs, toMs }: Record<string, unknown>): Period {
  return { fromMs: momentOf(fromMs), toMs: momentOf(toMs) }
}

function momentOf(value: unknown): number | undefined {
  return Number.isInteger(value) && Math.abs(value as number) <= LAST_MS ? (value as number) : undefined
}

function marketsOf({ markets }: Record<string, unknown>): string[] | undefined {
  if (!Array.isArray(markets) || markets.length !== 1) return undefined
  const { market } = Object(markets[0]) as { market?: unknown }
  return typeof market === "string" ? [market] : undefined
}

function settingsWords(account: AccountSettings, { fromMs, toMs }: Period): string {
  const { cash, feePercent, slippagePercent, delayCandles, fills, leverage } = account
  const period = [
    ...(fromMs === undefined ? [] : [`from ${isoTime(fromMs)}`]),
    ...(toMs === undefined ? [] : [`to ${isoTime(toMs)}`]),
  ]
  const words = [
    `cash ${cash}`,
    `fee ${feePercent} %`,
    `slippage ${slippagePercent} %`,
    ...(delayCandles > 0 ? [`delay ${delayCandles}`] : []),
    `${fills} fills`,
    ...(leverage === 1 ? [] : [`leverage ${leverage}`]),
    ...(period.length > 0 ? [period.join(" ")] : []),
  ]
  return `with its settings unless an option says otherwise: ${words.join(", ")}`
}
