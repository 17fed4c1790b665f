import type { MarketChoice } from "../../../market/index.ts"
import { Tabs } from "../../../ui/tabs.tsx"
import { OwnColumn } from "./own-column.tsx"
import { OwnModel } from "./own-model.tsx"
import { OwnOnnx } from "./own-onnx.tsx"

type BringYourOwnProps = { markets: MarketChoice[]; onShow: (hash: string) => void }

/** Forecasts that were made elsewhere, judged by the same card. */
export function BringYourOwn({ markets, onShow }: BringYourOwnProps) {
  return (
    <section aria-label="Bring your own" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Bring your own</h2>
      <Tabs
        label="Bring your own"
        tabs={[
          { value: "model", label: "Model file", content: <OwnModel markets={markets} onShow={onShow} /> },
          { value: "onnx", label: "ONNX", content: <OwnOnnx markets={markets} /> },
          { value: "column", label: "A column of forecasts", content: <OwnColumn markets={markets} /> },
        ]}
      />
    </section>
  )
}
