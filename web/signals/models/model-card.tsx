import { Download, Trash2 } from "lucide-react"
import { forgetModel, type KeptModel } from "../../db/kept-model.ts"
import { Button } from "../../ui/button.tsx"
import { fileNameOf, saveFile } from "../../ui/save-file.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import { ForecastCardView } from "./card/forecast-card-view.tsx"
import { Provenance } from "./card/provenance.tsx"
import { UseInStrategy } from "./use-in-strategy.tsx"

/** A kept model: its card, where it comes from, and what can be done with it. */
export function ModelCard({ kept, onForget }: { kept: KeptModel; onForget: () => void }) {
  const { model, card, scoredOn } = kept
  const forget = () => {
    onForget()
    void forgetWithUndo(kept)
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ForecastCardView name={model.name} card={card} target={model.target} scoredOn={scoredOn}>
        <div className="flex flex-wrap items-end justify-between gap-3 pt-2">
          <UseInStrategy kept={kept} />
          <div className="flex flex-wrap gap-2">
            <Button icon={<Download aria-hidden className="size-4" />} onClick={() => exportModel(kept)}>
              Export
            </Button>
            <Button look="plain" icon={<Trash2 aria-hidden className="size-4" />} onClick={forget}>
              Delete
            </Button>
          </div>
        </div>
      </ForecastCardView>
      <Provenance model={model} />
    </div>
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
