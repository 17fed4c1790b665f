import { useState } from "react"
import { dollarsText, microDollarsFrom, type ModelCall, spendingOf } from "#models"
import { modelCalls, newestCalls } from "../../db/model-calls.ts"
import { changeModelSettings, type ModelSettings } from "../../db/model-settings.ts"
import { useKept } from "../../db/use-kept.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDateTime, type TimeZone } from "../../ui/date-format.ts"
import { formatNumber } from "../../ui/number-format.ts"
import { Switch } from "../../ui/switch.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { BudgetBar } from "./budget-bar.tsx"
import { CallTable } from "./call-table.tsx"
import { CostsByModel } from "./costs-by-model.tsx"
import { ModelPrices } from "./model-prices.tsx"
import { Section } from "./section.tsx"
import { TokenCells, tokenTitles } from "./token-cells.tsx"

const SHOWN_CALLS = 20

/** What models cost so far, the limits that stop them, and the calls one by one. */
export function ModelCosts({ settings }: { settings: ModelSettings }) {
  const { budget } = settings
  const spent = useKept(() => spendingOf(modelCalls, budget, Date.now()), [budget])
  const calls = useKept(() => newestCalls(SHOWN_CALLS))
  const { timeZone } = usePreferences()
  const change = (part: Partial<ModelSettings["budget"]>) =>
    void changeModelSettings((now) => ({ budget: { ...now.budget, ...part } }))
  return (
    <Section
      title="Costs"
      about="A call that could go over a limit is not made. Days and months are those of UTC. Models on this device cost nothing."
    >
      {spent.state === "ready" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <BudgetBar
            title="Today"
            spentMicroDollars={spent.value.dayMicroDollars}
            limitMicroDollars={budget.dayMicroDollars}
          />
          <BudgetBar
            title="This month"
            spentMicroDollars={spent.value.monthMicroDollars}
            limitMicroDollars={budget.monthMicroDollars}
          />
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <LimitField
          label="At most a day, in dollars"
          limit={budget.dayMicroDollars}
          onChange={(dayMicroDollars) => change({ dayMicroDollars })}
        />
        <LimitField
          label="At most a month, in dollars"
          limit={budget.monthMicroDollars}
          onChange={(monthMicroDollars) => change({ monthMicroDollars })}
        />
      </div>
      <Switch
        label="Ask models whose price nobody told Candlewright, too"
        checked={budget.allowsUnknownPrices}
        onChange={(allowsUnknownPrices) => change({ allowsUnknownPrices })}
      />
      <ModelPrices settings={settings} />
      <CostsByModel />
      {calls.state === "ready" && calls.value.length > 0 && <Calls calls={calls.value} zone={timeZone} />}
    </Section>
  )
}

type LimitFieldProps = { label: string; limit: number | null; onChange: (limit: number | null) => void }

function LimitField({ label, limit, onChange }: LimitFieldProps) {
  const [typed, setTyped] = useState<string>()
  const shown = limit === null ? "" : String(limit / 1_000_000)
  const isWrong = typed !== undefined && typed.trim() !== "" && microDollarsFrom(typed) === undefined
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={typed ?? shown}
      placeholder="No limit"
      problem={isWrong ? "An amount such as 0.50, or nothing for no limit." : undefined}
      onChange={(text) => {
        setTyped(text)
        if (text.trim() === "") onChange(null)
        const amount = microDollarsFrom(text)
        if (amount !== undefined) onChange(amount)
      }}
      onBlur={() => !isWrong && setTyped(undefined)}
    />
  )
}

function Calls({ calls, zone }: { calls: readonly ModelCall[]; zone: TimeZone }) {
  return (
    <CallTable label="The last calls" titles={["When", "Model", ...tokenTitles, "Took", "Cost"]}>
      {calls.map((call) => (
        <tr key={call.id} className="border-t border-line text-ink">
          <td className="py-1.5 pr-4 whitespace-nowrap">{formatDateTime(call.atMs, zone)}</td>
          <td className="py-1.5 pr-4 wrap-anywhere">{`${call.model}${outcomeWords[call.outcome] ?? ""}`}</td>
          <TokenCells usage={call.usage} isEstimated={call.isEstimated} />
          <td className="py-1.5 pr-4 text-right whitespace-nowrap">{`${formatNumber(call.latencyMs / 1000, 1)} s`}</td>
          <td className="py-1.5 text-right whitespace-nowrap">{dollarsText(call.costMicroDollars)}</td>
        </tr>
      ))}
    </CallTable>
  )
}

const outcomeWords: Partial<Record<ModelCall["outcome"], string>> = {
  underWay: " (under way)",
  cached: " (the same as before)",
  stopped: " (stopped)",
  badKey: " (key refused)",
  noCredit: " (no credit)",
  rateLimited: " (too often)",
  offlineOrBlocked: " (not reached)",
  cutShort: " (cut short)",
  badOutput: " (unreadable)",
  refused: " (declined)",
  contextFull: " (too long)",
  gone: " (gone)",
}
