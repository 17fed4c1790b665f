import { Download, Trash2 } from "lucide-react"
import type { ReactNode } from "react"
import { forgetModel, type KeptModel } from "../../db/kept-model.ts"
import { Button } from "../../ui/button.tsx"
import { fileNameOf, saveFile } from "../../ui/save-file.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import { ForecastCardView } from "./card/forecast-card-view.tsx"
import { Provenance } from "./card/provenance.tsx"
import { RegimesView } from "./regimes/regimes-view.tsx"
import { UseInStrategy } from "./use-in-strategy.tsx"

/** A kept model: its card or its table, where it comes from, and what can be done with it. */
export function ModelCard({ kept, onForget }: { kept: KeptModel; onForget: () => void }) {
  const forget = () => {
    onForget()
    void forgetWithUndo(kept)
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Worth kept={kept}>
        <div className="flex flex-wrap items-end justify-between gap-3 pt-2">
          <UseInStrategy key={kept.hash} kept={kept} />
          <div className="flex flex-wrap gap-2">
            <Button icon={<Download aria-hidden className="size-4" />} onClick={() => exportModel(kept)}>
              Export
            </Button>
            <Button look="plain" icon={<Trash2 aria-hidden className="size-4" />} onClick={forget}>
              Delete
            </Button>
          </div>
        </div>
      </Worth>
      <Provenance model={kept.model} />
    </div>
  )
}

function Worth({ kept, children }: { kept: KeptModel; children: ReactNode }) {
  if (kept.regimes) return <RegimesView kept={kept}>{children}</RegimesView>
  const { model, card, scoredOn } = kept
  return (
    <ForecastCardView name={model.name} card={card} target={model.target} scoredOn={scoredOn}>
      {children}
    </ForecastCardView>
  )
}

function exportModel({ model }: KeptModel) {
  saveFile(`${fileNameOf(model.name)}.model.json`, JSON.stringify(model, null, 2), "application/json")
}

/** Takes a model away, with a chance to have it back. */
export async function forgetWithUndo({ hash, model }: KeptModel): Promise<void> {
  const bringBack = await forgetModel(hash)
  if (!bringBack) return
  void toastWithUndo({ text: `${model.name} deleted.`, onUndo: () => void bringBack(), onExpire: () => {} })
}
