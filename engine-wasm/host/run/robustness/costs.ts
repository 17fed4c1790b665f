import type { AccountSettings } from "../backtest-request.ts"
import type { RobustnessWork } from "./robustness-request.ts"

/** What a run with these costs would have made. */
export type CostRun = {
  returnPercent: number
  sharpe: number | null
  tradeCount: number
  feePercent: number
  slippagePercent: number
}

export type Costs = { asIs: CostRun; doubleFees: CostRun; tripleSlippage: CostRun; both: CostRun }

/** Slippage of a small order on a large market, for runs that assume none: three times nothing would prove nothing. */
const SMALL_SLIPPAGE_PERCENT = 0.05

function doubleFees({ feePercent }: AccountSettings) {
  return { feePercent: 2 * feePercent }
}

/** Three times the slippage, or a small one where none is assumed. */
function tripleSlippage({ slippagePercent }: AccountSettings) {
  return { slippagePercent: slippagePercent === 0 ? SMALL_SLIPPAGE_PERCENT : 3 * slippagePercent }
}

/** Both at once. */
export function dearCosts(account: AccountSettings): Pick<AccountSettings, "feePercent" | "slippagePercent"> {
  return { ...doubleFees(account), ...tripleSlippage(account) }
}

/** The same run with costs as they are, with twice the fees, with three times the slippage, and with both. */
export async function costsOf({ runner, request, signal, onDone }: RobustnessWork): Promise<Costs> {
  const { terms, period = {} } = request
  const { account } = terms
  const run = async (change: Partial<AccountSettings>): Promise<CostRun> => {
    const { metrics } = await runner.run({ kind: "run", terms, stretch: period, number: 0, change }, signal)
    onDone()
    const { feePercent, slippagePercent } = { ...account, ...change }
    return {
      returnPercent: metrics.totalReturnPercent ?? 0,
      sharpe: metrics.sharpe,
      tradeCount: metrics.tradeCount ?? 0,
      feePercent,
      slippagePercent,
    }
  }
  const [asIs, fees, slippage, both] = await Promise.all(
    [{}, doubleFees(account), tripleSlippage(account), dearCosts(account)].map(run),
  )
  return { asIs, doubleFees: fees, tripleSlippage: slippage, both }
}
