import { useSyncExternalStore } from "react"
import type { Timeframe } from "#engine/candles"
import type { KeptModel } from "../../db/kept-model.ts"
import { hasPairingMark, onPairingMark } from "../../db/pairing-mark.ts"
import { useAnswer } from "../../relay-client/use-answer.ts"
import { useDoing } from "../../relay-client/use-doing.ts"
import { Notice } from "../../ui/notice.tsx"
import { Switch } from "../../ui/switch.tsx"
import type { PanelMarket } from "./panel-market.ts"
import { RelayModelNews } from "./relay-model-news.tsx"
import {
  askWatching,
  changeWatch,
  isSamePlace,
  type Place,
  type RelayWatching,
  watchedIn,
  withModel,
  withVotes,
} from "./relay-watch.ts"

type RelayWatchPanelProps = { market: PanelMarket; timeframe: Timeframe; models: readonly KeptModel[] }

/** What a paired relay says of an exchange's market by itself, and switches for it. */
export function RelayWatchPanel({ market: { watched }, timeframe, models }: RelayWatchPanelProps) {
  const isPaired = useSyncExternalStore(onPairingMark, hasPairingMark)
  if (!isPaired || watched === undefined) return null
  return <Watching place={{ venue: watched.venue, market: watched.symbol, timeframe }} models={models} />
}

function Watching({ place, models }: { place: Place; models: readonly KeptModel[] }) {
  const [answer, askAgain] = useAnswer(askWatching)
  const { problem, doing, isDoing } = useDoing()
  if (answer.state === "loading") return null
  const change = (...changed: Parameters<typeof changeWatch>) =>
    doing(async () => {
      await changeWatch(...changed)
      await askAgain()
    })()
  return (
    <section aria-labelledby="relay-watch-title" aria-busy={isDoing} className="flex min-w-0 flex-col gap-4">
      <div className="flex max-w-[72ch] flex-col gap-1">
        <h2 id="relay-watch-title" className="text-base font-semibold">
          While no tab is open
        </h2>
        <p className="text-ink-soft">
          Your relay can look at this market whenever a candle closes, keep what is said before anybody knows what
          comes, and measure it later. It never trades by it.
        </p>
      </div>
      {answer.state === "failed" ? (
        <Notice kind="warn">{answer.because}</Notice>
      ) : (
        <Switches watching={answer.value} place={place} models={models} onChange={change} />
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </section>
  )
}

type SwitchesProps = {
  watching: RelayWatching
  place: Place
  models: readonly KeptModel[]
  onChange: (...changed: Parameters<typeof changeWatch>) => void
}

function Switches({ watching, place, models, onChange }: SwitchesProps) {
  const { watch } = watching
  const watched = watchedIn(watch, place)
  const problem = watching.standings.find((one) => isSamePlace(one, place))?.problem
  const isAsked = (hash: string) => watched?.models.some((one) => one.hash === hash) ?? false
  return (
    <div className="flex max-w-[48ch] flex-col gap-2">
      <Switch
        label="Let the indicators vote"
        checked={watched?.votes ?? false}
        onChange={(votes) => onChange(withVotes(watch, place, votes))}
      />
      {models.filter(makesCalls).map((kept) => (
        <div key={kept.hash} className="flex flex-col gap-2">
          <Switch
            label={`Ask ${kept.model.name}`}
            checked={isAsked(kept.hash)}
            onChange={(asked) =>
              onChange(withModel(watch, place, kept.hash, asked), asked ? { kept, place } : undefined)
            }
          />
          {isAsked(kept.hash) && <RelayModelNews hash={kept.hash} watching={watching} place={place} />}
        </div>
      ))}
      {problem && <Notice kind="warn">{problem}</Notice>}
      {watch.isPaused && <Notice kind="info">The relay’s watch is paused, so nothing is looked at now.</Notice>}
    </div>
  )
}

/** A model of regimes says nothing of what comes. */
function makesCalls({ regimes }: KeptModel): boolean {
  return regimes === undefined
}
