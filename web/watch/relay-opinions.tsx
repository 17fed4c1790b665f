import { useState } from "react"
import type { Timeframe } from "#engine/candles"
import { dollarsText, microDollarsFrom } from "#models"
import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { Switch } from "../ui/switch.tsx"
import { TextField } from "../ui/text-field.tsx"
import { toastWithUndo } from "../ui/toast.tsx"
import { askOpinions, changeOpinionWatch, type OpinionWatch, type RelayOpinions as Answer } from "./opinion-watch.ts"
import { OpinionList } from "./opinion-list.tsx"
import type { WatchedMarket } from "./watched-market.ts"

/** What a paired relay says of the watched markets by itself: how often, by whom, for how much, and what came of it. */
export function RelayOpinions({ markets }: { markets: readonly WatchedMarket[] }) {
  const pairing = useKept(findPairing)
  return pairing.state === "ready" && pairing.value ? <Paired markets={markets} /> : null
}

function Paired({ markets }: { markets: readonly WatchedMarket[] }) {
  const [answer, askAgain] = useAnswer(askOpinions)
  const { problem, doing, isDoing } = useDoing()
  if (answer.state === "loading") return null
  const save = (watch: OpinionWatch) => async () => {
    await changeOpinionWatch(watch)
    await askAgain()
  }
  return (
    <section aria-labelledby="opinions-title" className="mt-12 flex max-w-180 flex-col gap-4">
      <div>
        <h2 id="opinions-title" className="text-lg font-semibold text-ink-strong">
          Opinions by themselves
        </h2>
        <p className="max-w-[72ch] text-ink-soft">
          Your relay can look at your watchlist again and again, also while this page is closed. It says BUY, SELL or
          HOLD with its reasons, keeps the facts it saw, and measures itself 24 candles later. It never trades by it.
        </p>
      </div>
      {answer.state === "failed" ? (
        <Notice kind="warn">{answer.because}</Notice>
      ) : (
        <Standing answer={answer.value} markets={markets} isDoing={isDoing} onSave={(watch) => doing(save(watch))()} />
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
      {answer.state === "ready" && <OpinionList opinions={answer.value.opinions} inWords={answer.value.inWords} />}
    </section>
  )
}

type StandingProps = {
  answer: Answer
  markets: readonly WatchedMarket[]
  isDoing: boolean
  onSave: (watch: OpinionWatch) => void
}

function Standing({ answer, markets, isDoing, onSave }: StandingProps) {
  const { watch } = answer
  const list = markets.map(({ venue, symbol }) => ({ venue, symbol }))
  if (watch.markets.length === 0)
    return (
      <Button
        className="self-start"
        disabled={isDoing || list.length === 0}
        onClick={() => onSave({ ...watch, markets: list, isPaused: false })}
      >
        {`Look at my ${list.length === 1 ? "market" : `${list.length} markets`} every hour`}
      </Button>
    )
  const end = () => {
    onSave({ ...watch, markets: [], isPaused: false })
    void toastWithUndo({
      text: "The relay no longer looks by itself.",
      onUndo: () => onSave(watch),
      onExpire: () => {},
    })
  }
  const isSame = JSON.stringify(list) === JSON.stringify(watch.markets)
  return (
    <div className="flex flex-col gap-4">
      <NextLook answer={answer} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="How often"
          value={String(watch.everyMinutes)}
          choices={everyChoices(watch.everyMinutes)}
          onChange={(minutes) => onSave({ ...watch, everyMinutes: Number(minutes) })}
        />
        <Select
          label="Candles"
          value={watch.timeframe}
          choices={["15m", "1h", "4h", "1d"].map((each) => ({ value: each, label: each }))}
          onChange={(timeframe) => onSave({ ...watch, timeframe: timeframe as Timeframe })}
        />
        <Select
          label="Who says it"
          value={watch.model === null ? "" : `${watch.model.keyId} ${watch.model.model}`}
          choices={answer.speakers.map(({ value, label }) => ({ value, label }))}
          onChange={(value) =>
            onSave({ ...watch, model: answer.speakers.find((each) => each.value === value)?.model ?? null })
          }
        />
        {watch.model !== null && <DayLimit watch={watch} onSave={onSave} />}
      </div>
      <Switch
        label="Paused"
        checked={watch.isPaused === true}
        onChange={(isPaused) => onSave({ ...watch, isPaused })}
      />
      <div className="flex flex-wrap gap-2">
        {!isSame && list.length > 0 && (
          <Button onClick={() => onSave({ ...watch, markets: list })}>Look at my watchlist as it is now</Button>
        )}
        <Button onClick={end}>Delete</Button>
      </div>
    </div>
  )
}

function NextLook({ answer: { watch, nextMs, dayMicroDollars } }: { answer: Answer }) {
  const { timeZone } = usePreferences()
  const names = watch.markets.map(({ symbol }) => symbol).join(", ")
  const next = nextMs === null ? "Paused." : `Next ${formatDateTime(nextMs, timeZone)}.`
  const spent = watch.model === null ? "" : ` Spent today: ${dollarsText(dayMicroDollars)}.`
  return (
    <p data-testid="next-look" className="max-w-[72ch] wrap-anywhere text-ink">
      {`${names}. ${next}${spent}`}
    </p>
  )
}

type DayLimitProps = Pick<StandingProps, "onSave"> & { watch: OpinionWatch }

function DayLimit({ watch, onSave }: DayLimitProps) {
  const { dayMicroDollars } = watch.budget
  const [typed, setTyped] = useState(dayMicroDollars === null ? "" : String(dayMicroDollars / 1_000_000))
  const limit = typed.trim() === "" ? null : microDollarsFrom(typed)
  const keep = () => {
    if (limit !== undefined && limit !== dayMicroDollars)
      onSave({ ...watch, budget: { ...watch.budget, dayMicroDollars: limit } })
  }
  return (
    <TextField
      label="At most a day, in dollars"
      inputMode="decimal"
      placeholder="No limit"
      value={typed}
      problem={limit === undefined ? "An amount such as 0.50, or nothing for no limit." : undefined}
      onChange={setTyped}
      onBlur={keep}
    />
  )
}

const usualEvery: Record<string, string> = {
  "15": "Every 15 minutes",
  "60": "Every hour",
  "240": "Every 4 hours",
  "1440": "Every day",
}

function everyChoices(minutes: number) {
  const known = Object.entries(usualEvery).map(([value, label]) => ({ value, label }))
  return usualEvery[minutes] ? known : [...known, { value: String(minutes), label: `Every ${minutes} minutes` }]
}
