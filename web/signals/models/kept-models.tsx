import { Trash2 } from "lucide-react"
import type { KeptModel } from "../../db/kept-model.ts"
import { MadeUpChip } from "../../figure/index.ts"
import { madeUpOf } from "../../run/made-up.ts"
import { usePreferences } from "../../settings/index.ts"
import { IconButton } from "../../ui/button.tsx"
import { formatDate } from "../../ui/date-format.ts"
import { formatPercent } from "../../ui/number-format.ts"
import { forgetWithUndo } from "./model-card.tsx"

type KeptModelsProps = { models: KeptModel[]; shown: string | undefined; onShow: (hash: string) => void }

/** The models of this browser, each with what it is worth. */
export function KeptModels({ models, shown, onShow }: KeptModelsProps) {
  return (
    <section aria-label="Kept models" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Kept models</h2>
      <ul className="border-b border-line">
        {models.map((kept) => (
          <ModelRow key={kept.hash} kept={kept} isShown={kept.hash === shown} onShow={onShow} />
        ))}
      </ul>
    </section>
  )
}

type ModelRowProps = { kept: KeptModel; isShown: boolean; onShow: (hash: string) => void }

function ModelRow({ kept, isShown, onShow }: ModelRowProps) {
  const { hash, model, scoredOn, createdMs } = kept
  const { timeZone } = usePreferences()
  return (
    <li className="flex items-center gap-2 border-t border-line py-2">
      <button
        type="button"
        aria-current={isShown || undefined}
        onClick={() => onShow(hash)}
        className="flex min-h-10 min-w-0 grow flex-col items-start gap-1 rounded-md px-1 text-left hover:bg-surface-1 aria-[current]:bg-surface-2"
      >
        <span className="flex flex-wrap items-center gap-2 text-ink-strong">
          <span className="wrap-anywhere">{model.name}</span>
          <MadeUpChip of={madeUpOf([{ id: scoredOn.marketId, isMadeUp: scoredOn.isMadeUp }])} />
        </span>
        <span className="text-sm text-ink-soft">
          {`${worthWords(kept)} · ${scoredOn.name} · ${formatDate(createdMs, timeZone)}`}
        </span>
      </button>
      <IconButton label={`Delete ${model.name}`} onClick={() => void forgetWithUndo(kept)}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </li>
  )
}

function worthWords({ card, regimes }: KeptModel): string {
  if (regimes) return `${regimes.rows.length} regimes, no forecast`
  const rate = formatPercent(card.hitRate === null ? null : 100 * card.hitRate)
  return `${card.verdict.skill ? "Knows something" : "Knows nothing that shows"} · right in ${rate}`
}
