import { useState } from "react"
import { strategyTimeframeOf } from "#engine/candles"
import { usualFeatures } from "#engine/run"
import type { OnnxDescription } from "#forecasts"
import type { MarketChoice } from "../../../market/index.ts"
import { Button } from "../../../ui/button.tsx"
import { NumberField } from "../../../ui/number-field.tsx"
import { Notice } from "../../../ui/notice.tsx"
import { Progress } from "../../../ui/progress.tsx"
import { describeOnnxFile } from "../../onnx-file.ts"
import { FeatureRows } from "../feature-rows.tsx"
import { ColumnCard } from "./column-card.tsx"
import { FileButton } from "./file-button.tsx"
import { KeepColumn } from "./keep-column.tsx"
import { askedHow, JudgedFields, nothingSaid } from "./judged-fields.tsx"
import { MarketSelect } from "../market-select.tsx"
import { type OnnxJudged, useOnnxRun } from "./use-onnx-run.ts"

type Opened = { file: File; model: OnnxDescription }

/** A model of another program, run here over one's own candles and judged by the same card. */
export function OwnOnnx({ markets }: { markets: MarketChoice[] }) {
  const [opened, setOpened] = useState<Opened>()
  const [problem, setProblem] = useState<string>()
  const open = async (file: File) => {
    const model = await describeOnnxFile(file)
    setOpened(model.ok ? { file, model } : undefined)
    setProblem(model.ok ? undefined : model.because)
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[72ch] text-ink-soft">
        A model trained elsewhere and saved as ONNX. It runs here, in your browser, is judged, and what it said can be
        kept as a column for tests. A bot cannot run it, as the engine knows only its own models. Nothing is sent
        anywhere.
      </p>
      <div>
        <FileButton label="ONNX file" accept=".onnx" onFile={(file) => void open(file)} />
      </div>
      {problem && <Notice kind="warn">{problem}</Notice>}
      {opened && <OnnxDesk key={opened.model.sha256} opened={opened} markets={markets} />}
    </div>
  )
}

const MOST_WINDOW = 128

function OnnxDesk({ opened: { file, model }, markets }: { opened: Opened; markets: MarketChoice[] }) {
  const [marketId, setMarketId] = useState(markets[0].id)
  const [features, setFeatures] = useState(() => featuresFor(model.features))
  const [window, setWindow] = useState(model.window === "any" ? 1 : model.window)
  const [how, setHow] = useState(nothingSaid)
  const run = useOnnxRun()
  const market = markets.find(({ id }) => id === marketId) ?? markets[0]
  const asked = { marketId: market.id, column: file.name, ...askedHow(how) }
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-sm wrap-anywhere text-ink-soft">
        {`${file.name} takes ${model.features} numbers of each candle. Give the formulas in the order it was trained with.`}
      </p>
      <FeatureRows
        features={features}
        isUsual={false}
        timeframe={strategyTimeframeOf(market.timeframeMs) ?? "1h"}
        problems={[]}
        onChange={(next) => setFeatures(next ?? featuresFor(model.features))}
      />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-64 max-w-full">
          <MarketSelect label="On the market" markets={markets} value={market.id} onChange={setMarketId} />
        </div>
        {model.window === "any" && (
          <div className="w-40">
            <NumberField
              label="Candles it looks back"
              value={window}
              min={1}
              max={MOST_WINDOW}
              onChange={(value) => setWindow(Math.round(value))}
            />
          </div>
        )}
        <JudgedFields how={how} onChange={setHow} />
        <Button
          disabled={run.share !== undefined}
          onClick={() => void run.start({ file, features, window, asked, market })}
        >
          Run and judge it
        </Button>
      </div>
      {run.share !== undefined && (
        <Progress label="Asking it about each candle" done={run.share} total={1} onCancel={run.cancel} />
      )}
      {run.problem && <Notice kind="warn">{run.problem}</Notice>}
      {run.answer && <Answered answer={run.answer} fileName={file.name} />}
    </div>
  )
}

function featuresFor(count: number): string[] {
  const usual = usualFeatures({ kind: "logistic", target: "direction", horizonCandles: 1 })
  return Array.from({ length: count }, (_, n) => usual[n] ?? "close / sma(close, 20)")
}

function Answered({ answer: { judged, market, values }, fileName }: { answer: OnnxJudged; fileName: string }) {
  return (
    <>
      <ColumnCard judged={judged} />
      <KeepColumn fileName={fileName} market={market} values={values} />
    </>
  )
}
