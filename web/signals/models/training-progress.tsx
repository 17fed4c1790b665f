import { Pause, Play, X } from "lucide-react"
import type { TrainingHeard } from "../../run/forecast-job.ts"
import { cancelTraining, pauseTraining, resumeTraining, type TrainingView } from "../../run/training.ts"
import { Curves } from "../../figure/index.ts"
import { Button } from "../../ui/button.tsx"
import { formatNumber, formatSignedPercent } from "../../ui/number-format.ts"
import { Progress } from "../../ui/progress.tsx"
import { useFocusIfLost } from "../../ui/use-focus-if-lost.ts"

type UnderWay = Extract<TrainingView, { state: "running" | "paused" }>

/** How far a training is, and the ways to stop it. */
export function TrainingProgress({ view }: { view: UnderWay }) {
  const { heard, training } = view
  const focused = useFocusIfLost<HTMLElement>()
  const isPaused = view.state === "paused"
  const words = partWords(heard)
  return (
    <section ref={focused} tabIndex={-1} aria-label="The training" className="flex flex-col gap-4 outline-none">
      <h2 className="text-base font-semibold wrap-anywhere">{training.request.name}</h2>
      <div className="flex flex-col gap-2">
        <Progress label={isPaused ? `Paused. ${words}` : words} done={heard?.part ?? 0} total={heard?.parts ?? 0} />
        <p className="text-sm text-ink-soft tabular-nums">
          {isPaused ? "Nothing is lost: it goes on where it stopped." : epochWords(heard)}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        {isPaused ? (
          <Button look="primary" icon={<Play aria-hidden className="size-4" />} onClick={resumeTraining}>
            Go on
          </Button>
        ) : (
          <Button icon={<Pause aria-hidden className="size-4" />} onClick={pauseTraining}>
            Pause
          </Button>
        )}
        <Button icon={<X aria-hidden className="size-4" />} onClick={cancelTraining}>
          Cancel
        </Button>
      </div>
      {training.request.kind === "lstm" && <LossCurve epochs={heard?.epochs ?? []} isBegun={heard !== undefined} />}
      <p className="max-w-[72ch] text-sm text-ink-soft">
        You may leave this screen: the training goes on while Candlewright is open, and after a reload it goes on where
        it was.
      </p>
    </section>
  )
}

function partWords(heard: TrainingHeard | undefined): string {
  if (!heard || heard.parts === 0) return "Reading the candles and computing what it looks at"
  return `Part ${Math.min(heard.part + 1, heard.parts)} of ${heard.parts}: each learns from all that came before it`
}

function epochWords(heard: TrainingHeard | undefined): string {
  const last = heard?.epochs.at(-1)
  return last ? `Epoch ${last.epoch}: missed ${formatNumber(last.validationLoss, 4)} on candles kept back` : "\u00a0"
}

/** How the miss on candles kept back changes, against the first epoch: what it makes of those it learns from says nothing. */
function LossCurve({ epochs, isBegun }: { epochs: TrainingHeard["epochs"]; isBegun: boolean }) {
  if (epochs.length < 2) return <NoCurveYet words={isBegun ? firstEpochs : beforeTheFirst} />
  const [first] = epochs
  const change = (loss: number) => 100 * (loss / first.validationLoss - 1)
  const values = epochs.map(({ validationLoss }) => change(validationLoss))
  const percent = (value: number) => formatSignedPercent(value, 2)
  return (
    <Curves
      title="What it misses on candles kept back"
      summary={`At epoch ${epochs[epochs.length - 1].epoch} ${percent(values[values.length - 1])} against epoch ${first.epoch}.`}
      curves={[{ name: `Missed, against epoch ${first.epoch}`, timesMs: epochs.map(({ epoch }) => epoch), values }]}
      amountWords={percent}
      exactWords={percent}
      timeWords={(epoch) => `epoch ${Math.round(epoch)}`}
    />
  )
}

const beforeTheFirst = "What trains is being fetched and made ready; on a slow line that takes a minute, once."
const firstEpochs =
  "The first epochs are being learnt; with the second a curve begins. It falls as long as something is being learnt."

/** As high as the curve, so that nothing jumps when it comes. */
function NoCurveYet({ words }: { words: string }) {
  return (
    <div className="flex min-h-80 flex-col gap-2 rounded-lg border border-dashed border-line p-4">
      <h3 className="font-semibold">What it misses on candles kept back</h3>
      <p className="text-ink-soft">{words}</p>
    </div>
  )
}
