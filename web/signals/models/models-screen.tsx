import { Link } from "@tanstack/react-router"
import { useEffect, useEffectEvent, useState } from "react"
import { findModel, type KeptModel, listModels } from "../../db/kept-model.ts"
import { type Kept, useKept } from "../../db/use-kept.ts"
import { useMarketChoices } from "../../market/index.ts"
import type { TrainingView } from "../../run/training.ts"
import { useTraining } from "../../run/use-training.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { AboutForecasts } from "./about-forecasts.tsx"
import { KeptModels } from "./kept-models.tsx"
import { ModelCard } from "./model-card.tsx"
import { BringYourOwn } from "./own/bring-your-own.tsx"
import { firstChoices } from "./train-choices.ts"
import { TrainForm } from "./train-form.tsx"
import { TrainingEnd, WaitingTraining } from "./training-end.tsx"
import { TrainingProgress } from "./training-progress.tsx"

/** `model`: the hash of the one whose card is open. */
export type ModelsSearch = { model?: string }

type ModelsScreenProps = { search: ModelsSearch; onChange: (search: ModelsSearch) => void }

/** Forecasts: train one, read its honest card, keep it, use it, bring one's own. */
export function ModelsScreen({ search, onChange }: ModelsScreenProps) {
  const { view, waiting } = useTraining()
  const models = useKept(listModels)
  const markets = useMarketChoices()
  // Kept while a training stands in the form's place.
  const [choices, setChoices] = useState(firstChoices)
  const isUnderWay = view?.state === "running" || view?.state === "paused"
  useOpenedWhenDone(view, (hash) => onChange({ model: hash }))
  const show = (model: string | undefined) => onChange({ model })
  return (
    <>
      <PageHeader title="Forecast models" action={<SignalsLink />}>
        Train a forecast on candles of your own and hear, before anything else, whether it knows more than a coin. Or
        let a market’s moods be told apart: its regimes.
      </PageHeader>
      <OpenCard hash={search.model} view={view} onShow={show} />
      {isUnderWay ? (
        <TrainingProgress view={view} />
      ) : (
        <>
          <TrainingEnd view={view} />
          {waiting && <WaitingTraining training={waiting} />}
          <h2 className="text-base font-semibold">Train a forecast</h2>
          {markets.ready ? (
            <TrainForm markets={markets.list} choices={choices} onChoose={setChoices} onBegin={() => show(undefined)} />
          ) : (
            <Skeleton className="h-48 w-full" />
          )}
        </>
      )}
      <Collection models={models} shown={search.model} onShow={show} />
      {markets.ready && <BringYourOwn markets={markets.list} onShow={show} />}
    </>
  )
}

/** Back to what the models say now. */
function SignalsLink() {
  return (
    <Link to="/signals" className={buttonClass("quiet")}>
      What they say now
    </Link>
  )
}

/** What was waited for comes into view by itself. */
function useOpenedWhenDone(view: TrainingView | undefined, open: (hash: string) => void) {
  const found = view?.state === "done" ? view.found.hash : undefined
  const opened = useEffectEvent(open)
  useEffect(() => {
    if (found !== undefined) opened(found)
  }, [found])
}

type OpenCardProps = {
  hash: string | undefined
  view: TrainingView | undefined
  onShow: (hash: string | undefined) => void
}

function OpenCard({ hash, view, onShow }: OpenCardProps) {
  const kept = useKept(async () => (hash ? ((await findModel(hash)) ?? null) : null), [hash])
  if (hash === undefined) return null
  // Just trained, and perhaps in no database.
  const fresh = view?.state === "done" && view.found.hash === hash ? view.found : undefined
  const found = (kept.state === "ready" ? kept.value : undefined) ?? fresh
  if (found) return <ModelCard kept={found} onForget={() => onShow(undefined)} />
  if (kept.state === "loading") return <Skeleton className="h-96 w-full" />
  return (
    <Notice kind="warn">The model of this address is not in this browser. Import its file below, or train one.</Notice>
  )
}

type CollectionProps = { models: Kept<KeptModel[]>; shown: string | undefined; onShow: (hash: string) => void }

function Collection({ models, shown, onShow }: CollectionProps) {
  if (models.state === "loading") return <Skeleton className="h-24 w-full" />
  if (models.state === "unavailable") return <Notice kind="warn">{models.because}</Notice>
  return models.value.length === 0 ? (
    <AboutForecasts />
  ) : (
    <KeptModels models={models.value} shown={shown} onShow={onShow} />
  )
}
