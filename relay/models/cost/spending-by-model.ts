import { monthStartMs } from "./budget.ts"
import type { TokenUsage } from "../token-usage.ts"
import type { CallLedger, CallPurpose, ModelCall } from "./model-call.ts"

/** What one model came to for one purpose. */
export type ModelSpending = {
  model: string
  purpose: CallPurpose
  callCount: number
  /** Its four counts, of all calls. */
  usage: TokenUsage
  /** Of the calls whose price is known. */
  costMicroDollars: number
  /** Calls whose price nobody knows. */
  unknownCount: number
}

/** The calls of this UTC month by model and purpose, the dearest first. */
export async function spendingByModel(ledger: CallLedger, nowMs: number): Promise<ModelSpending[]> {
  const calls = await ledger.since(monthStartMs(nowMs))
  const groups = new Map<string, ModelCall[]>()
  for (const call of calls) {
    const key = `${call.model} ${call.purpose}`
    groups.set(key, [...(groups.get(key) ?? []), call])
  }
  return [...groups.values()]
    .map(spendingOfGroup)
    .toSorted((one, other) => other.costMicroDollars - one.costMicroDollars)
}

function spendingOfGroup(calls: readonly ModelCall[]): ModelSpending {
  const [{ model, purpose }] = calls
  const sum = (amount: (call: ModelCall) => number) => calls.reduce((total, call) => total + amount(call), 0)
  return {
    model,
    purpose,
    callCount: calls.length,
    usage: {
      uncached: sum(({ usage }) => usage.uncached),
      cachedRead: sum(({ usage }) => usage.cachedRead),
      cachedWrite: sum(({ usage }) => usage.cachedWrite),
      output: sum(({ usage }) => usage.output),
      ...(calls.some(({ usage }) => usage.reasoning !== undefined) && {
        reasoning: sum(({ usage }) => usage.reasoning ?? 0),
      }),
    },
    costMicroDollars: sum(({ costMicroDollars }) => costMicroDollars ?? 0),
    unknownCount: calls.filter(({ costMicroDollars }) => costMicroDollars === null).length,
  }
}
