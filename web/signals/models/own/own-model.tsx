import { useState } from "react"
import { forecastModelFromJson, type ForecastModel } from "#engine/strategy"
import type { MarketChoice } from "../../../market/index.ts"
import { scoreModel } from "../../../run/forecast-scoring.ts"
import { Button } from "../../../ui/button.tsx"
import { Notice } from "../../../ui/notice.tsx"
import { refusalWords } from "../training-end.tsx"
import { FileButton } from "./file-button.tsx"
import { MarketSelect } from "../market-select.tsx"

/** No model of ours is larger. */
const MOST_FILE_BYTES = 1_000_000

type OwnModelProps = { markets: MarketChoice[]; onShow: (hash: string) => void }

/** A model that was exported, scored again on a market of one's own before its card is shown. */
export function OwnModel({ markets, onShow }: OwnModelProps) {
  const [marketId, setMarketId] = useState(markets[0].id)
  const [model, setModel] = useState<ForecastModel>()
  const [problems, setProblems] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const read = async (file: File) => {
    const found = await modelIn(file)
    setModel(found.ok ? found.model : undefined)
    setProblems(found.ok ? [] : found.because)
  }
  const score = async () => {
    if (!model) return
    setBusy(true)
    const found = await scored(model, marketId)
    setBusy(false)
    setProblems(found.ok ? [] : found.because)
    if (found.ok) onShow(found.hash)
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[72ch] text-ink-soft">
        A file that was exported here or trained with <code className="font-mono text-ink">candlewright</code>. Whatever
        card it had elsewhere, it is scored again on a market of yours.
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <FileButton label="Model file" accept=".json,application/json" onFile={(file) => void read(file)} />
        <div className="w-64 max-w-full">
          <MarketSelect label="On the market" markets={markets} value={marketId} onChange={setMarketId} />
        </div>
        <Button disabled={!model || isBusy} onClick={() => void score()}>
          {isBusy ? "Reading candles…" : model?.kind === "regimes" ? "Show its table" : "Score it"}
        </Button>
      </div>
      {model && <p role="status" className="text-sm wrap-anywhere text-ink-soft">{`Read: ${model.name}.`}</p>}
      {problems.length > 0 && (
        <Notice kind="warn">
          {problems.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
    </div>
  )
}

type Read = { ok: true; model: ForecastModel } | { ok: false; because: string[] }

/** The first few problems say enough. */
const MOST_PROBLEMS = 3

async function modelIn(file: File): Promise<Read> {
  if (file.size > MOST_FILE_BYTES)
    return { ok: false, because: ["This file is larger than any model of ours. Choose a model’s file (.json)."] }
  const read = forecastModelFromJson(await file.text())
  if (read.ok) return read
  const because = read.problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, because: why }) => (path ? `${path}: ${why}` : why))
  return { ok: false, because: ["This is no model that can be used; nothing was kept of it.", ...because] }
}

type Scored = { ok: true; hash: string } | { ok: false; because: string[] }

async function scored(model: ForecastModel, marketId: string): Promise<Scored> {
  try {
    const answer = await scoreModel(model, marketId)
    if (answer.state === "refused") return { ok: false, because: answer.problems.map(refusalWords) }
    if (answer.notKept !== undefined) return { ok: false, because: [answer.notKept] }
    return { ok: true, hash: answer.found.hash }
  } catch (error) {
    return { ok: false, because: [(error as Error).message] }
  }
}
