import { useState } from "react"
import { useDoing } from "../relay-client/use-doing.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Slider } from "../ui/slider.tsx"
import { Switch } from "../ui/switch.tsx"
import { AmountField } from "../ui/amount-field.tsx"
import { TextField } from "../ui/text-field.tsx"
import { typedNumber } from "../ui/typed-number.ts"
import { type Account, changeRisk, type RiskSettings } from "./account.ts"
import { changedOf, isLooser, limits, marketsFromText, marketsText, settingWords } from "./risk-words.ts"

/** What bots on this account may risk. What is tightened holds at once, what is loosened from the next UTC day. */
export function RiskForm({ account }: { account: Account }) {
  const { timeZone } = usePreferences()
  const { problem, isDoing, doing } = useDoing()
  const [moved, setMoved] = useState<Partial<RiskSettings>>({})
  const [typedMost, setTypedMost] = useState<string>()
  const isUnread = (typedMost ?? "").trim() !== "" && !typedNumber(typedMost ?? "").ok
  const wanted = account.riskLater?.risk ?? account.risk
  const shown = { ...wanted, ...moved }
  const changed = changedOf(wanted, shown)
  const move = (change: Partial<RiskSettings>) => setMoved({ ...moved, ...change })
  const takeBack = () => {
    setMoved({})
    setTypedMost(undefined)
  }
  const save = async () => {
    await changeRisk(account.id, changed)
    takeBack()
  }
  const waits = changedNames(changed).filter((name) => isLooser(name, account.risk, shown))
  return (
    <section className="flex flex-col gap-5 border-t border-line pt-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-base font-semibold">What its bots may risk</h2>
        <p className="max-w-[72ch] text-ink-soft">
          These stand above every strategy. Making one tighter holds at once; making one looser holds from the next day
          (UTC), so that a bad hour cannot change it.
        </p>
      </div>
      {account.riskLater && (
        <Notice kind="info">
          {`From ${formatDateTime(account.riskLater.fromMs, timeZone)}: ${changedNames(
            changedOf(account.risk, account.riskLater.risk),
          )
            .map((name) => settingWords(name, account.riskLater!.risk))
            .join(", ")}. Until then, what held before.`}
        </Notice>
      )}
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        {limits.map(({ name, label, words, min, max, step }) => (
          <div key={name} className="flex flex-col gap-1">
            <Slider
              label={label}
              value={shown[name]}
              min={Math.min(min, shown[name])}
              max={Math.max(max, shown[name])}
              step={step}
              onChange={(value) => move({ [name]: value })}
            />
            <p className="text-sm text-ink-soft">{words(shown[name])}</p>
          </div>
        ))}
        <AmountField
          label="Most money in one order (empty: no limit of its own)"
          value={typedMost ?? shown.maxOrderQuote ?? ""}
          onChange={(text) => {
            setTypedMost(text)
            const typed = typedNumber(text)
            const { maxOrderQuote: _, ...others } = moved
            if (typed.ok) move({ maxOrderQuote: typed.decimal })
            else if (text.trim() === "") move({ maxOrderQuote: null })
            else setMoved(others)
          }}
        />
        <TextField
          label="Markets it may trade (empty: all)"
          placeholder="BTC/USDT, ETH/USDT"
          autoComplete="off"
          key={marketsText(wanted.allowedMarkets)}
          defaultValue={marketsText(shown.allowedMarkets)}
          onChange={(text) => move({ allowedMarkets: marketsFromText(text) })}
        />
        <Switch
          label="Every entry needs a stop"
          checked={shown.requireStop}
          onChange={(requireStop) => move({ requireStop })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={isDoing || isUnread || changedNames(changed).length === 0}
          onClick={doing(save)}
        >
          Save
        </Button>
        {(isUnread || changedNames(changed).length > 0) && <Button onClick={takeBack}>Take it back</Button>}
        <p role="status" className="text-sm text-ink-soft">
          {waits.length > 0 && `From tomorrow (UTC): ${waits.map((name) => settingWords(name, shown)).join(", ")}.`}
        </p>
      </div>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </section>
  )
}

function changedNames(change: Partial<RiskSettings>): (keyof RiskSettings)[] {
  return Object.keys(change) as (keyof RiskSettings)[]
}
