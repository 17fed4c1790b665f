import { leveragedLongGap } from "#engine/result"
import { defaultAccount, type AccountSettings, type FillMode } from "#engine/run"
import { report } from "./answer.ts"
import { choiceOption, numberOption } from "./command.ts"

/** The options for an account's money and an exchange's rules. */
export const accountOptions = {
  cash: { type: "string" },
  "fee-percent": { type: "string" },
  "slippage-percent": { type: "string" },
  "delay-candles": { type: "string" },
  fills: { type: "string" },
  "fee-from": { type: "string" },
  leverage: { type: "string" },
  "min-notional": { type: "string" },
  "quantity-step": { type: "string" },
  "price-tick": { type: "string" },
} as const

/** The help lines for them. */
export const accountHelp = `  --cash 1000             money at the start, in quote currency
  --fee-percent 0.1       fee of each fill, in percent of its value
  --slippage-percent 0    how much worse than the seen price market orders fill, in percent
  --delay-candles 0       base candles between a decision and its order, beyond the next open
  --fills conservative    what is assumed inside a candle: conservative, freqtrade or backtesting.py
  --fee-from quote        where buying fees are taken from: quote currency, or the coins received (received)
  --leverage 1            how much larger than its margin a short may be; with the fills of freqtrade it also moves a
                          long's stop and targets closer, but a long is paid in full and never liquidated
  --min-notional 0        smallest order the exchange takes, in quote currency
  --quantity-step 0       quantities are multiples of this; 0 takes any
  --price-tick 0          prices are multiples of this; 0 takes any`

const fillModes = ["conservative", "freqtrade", "backtesting.py"] as const satisfies FillMode[]
const feeSources = ["quote", "received"] as const

/** What was given for them. */
export type AccountValues = { [Name in keyof typeof accountOptions]?: unknown }

/** Says on stderr what these settings leave out of a run, if anything. */
export function reportGaps(account: AccountSettings): void {
  const gap = leveragedLongGap(account)
  if (gap !== undefined) report(gap)
}

/** The account these options describe, with `otherwise` for what is missing; throws `WrongUsage` for anything else. */
export function accountFrom(values: AccountValues, otherwise: AccountSettings = defaultAccount): AccountSettings {
  const number = (name: keyof AccountValues, usual: number) =>
    typeof values[name] === "string" ? numberOption(name, values[name]) : usual
  return {
    cash: number("cash", otherwise.cash),
    feePercent: number("fee-percent", otherwise.feePercent),
    slippagePercent: number("slippage-percent", otherwise.slippagePercent),
    delayCandles: number("delay-candles", otherwise.delayCandles),
    fills: choiceOption("fills", values.fills ?? otherwise.fills, fillModes),
    feeFrom: choiceOption("fee-from", values["fee-from"] ?? otherwise.feeFrom, feeSources),
    minNotional: number("min-notional", otherwise.minNotional),
    quantityStep: number("quantity-step", otherwise.quantityStep),
    priceTick: number("price-tick", otherwise.priceTick),
    leverage: number("leverage", otherwise.leverage),
  }
}
