import { Link, useNavigate } from "@tanstack/react-router"
import { Bot, Copy, Download, Ellipsis, History, Pencil, Share2, Trash2 } from "lucide-react"
import { useState } from "react"
import { plainText } from "#engine/candles"
import type { KeptStrategy } from "../../db/kept-strategy.ts"
import { runsOf } from "../../db/saved-run.ts"
import { listVersions } from "../../db/strategy-version.ts"
import { cardResult, stateWords, type TestedState } from "../../db/tested-state.ts"
import { useKept } from "../../db/use-kept.ts"
import { MadeUpChip, Sparkline } from "../../figure/index.ts"
import { madeUpOfRun } from "../../run/made-up-run.ts"
import { usePreferences } from "../../settings/index.ts"
import { buttonClass, IconButton } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { Menu } from "../../ui/menu.tsx"
import { formatSignedPercent } from "../../ui/number-format.ts"
import { fileNameOf, saveFile } from "../../ui/save-file.ts"
import { DangerFlags } from "../danger-flags.tsx"
import { deleteWithUndo, duplicate } from "./library-actions.ts"
import { RenameDialog } from "./rename-dialog.tsx"
import { ShareDialog } from "./share-dialog.tsx"
import { searchOf } from "./strategy-address.ts"
import { strategyFileText } from "./strategy-file.ts"

const icon = "size-4 text-ink-soft"

/** One strategy: its name opens it with its sliders where it was last tested. */
export function StrategyRow({ strategy }: { strategy: KeptStrategy }) {
  const [asked, setAsked] = useState<"name" | "link">()
  const { timeZone } = usePreferences()
  const navigate = useNavigate()
  const { draft, tags, version, changedAtMs } = strategy
  const name = plainText(draft.name, 100)
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="flex min-w-0 grow basis-60 flex-col gap-1">
        <Link
          to="/backtest"
          search={searchOf(strategy)}
          className="w-fit max-w-full py-0.5 text-base font-medium wrap-anywhere text-ink-strong underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <p className="text-sm text-ink-soft">
          {draft.timeframe} · version {version} · changed {formatDateTime(changedAtMs, timeZone)}
        </p>
        <DangerFlags document={draft} isShort />
        {tags.length > 0 && (
          <ul aria-label={`Tags of ${name}`} className="flex flex-wrap gap-1">
            {tags.map((tag) => (
              <li key={tag} className="rounded-full bg-surface-2 px-2 py-0.5 text-xs text-ink">
                <bdi>{tag}</bdi>
              </li>
            ))}
          </ul>
        )}
      </div>
      <LastRun strategy={strategy} />
      <div className="flex shrink-0 items-center gap-1">
        <Link
          to="/library/$strategyId"
          params={{ strategyId: strategy.id }}
          aria-label={`Versions and runs of ${name}`}
          className={buttonClass("quiet")}
        >
          <History aria-hidden className="size-4" />
          Versions
        </Link>
        <Menu
          items={[
            {
              label: "Run it on paper",
              icon: <Bot aria-hidden className={icon} />,
              onSelect: () => void navigate({ to: "/bots/deploy", search: { strategy: strategy.id } }),
            },
            {
              label: "Name and tags",
              icon: <Pencil aria-hidden className={icon} />,
              onSelect: () => setAsked("name"),
            },
            {
              label: "Duplicate",
              icon: <Copy aria-hidden className={icon} />,
              onSelect: () => void duplicate(strategy),
            },
            {
              label: "Share as a link",
              icon: <Share2 aria-hidden className={icon} />,
              onSelect: () => setAsked("link"),
            },
            {
              label: "Save as a file",
              icon: <Download aria-hidden className={icon} />,
              onSelect: () => saveFile(`${fileNameOf(draft.name)}.json`, strategyFileText(draft), "application/json"),
            },
            {
              label: "Delete",
              icon: <Trash2 aria-hidden className={icon} />,
              onSelect: () => void deleteWithUndo(strategy),
            },
          ]}
        >
          <IconButton label={`More for ${name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        </Menu>
      </div>
      {asked === "name" && <RenameDialog strategy={strategy} onClose={() => setAsked(undefined)} />}
      {asked === "link" && <ShareDialog strategy={strategy} onClose={() => setAsked(undefined)} />}
    </li>
  )
}

function LastRun({ strategy }: { strategy: KeptStrategy }) {
  const { id, lastRun, draft, version } = strategy
  const answer = useKept(
    async () => cardResult(strategy, await runsOf(id), await listVersions(id)),
    [id, lastRun, draft, version],
  )
  const result = answer.state === "ready" ? answer.value : undefined
  if (answer.state === "loading") return <p className="h-6 w-40" />
  if (!result) return <p className="w-40 text-sm text-ink-soft">Not tested yet</p>
  const { curve, totalReturnPercent, run, of } = result
  const isLoss = (totalReturnPercent ?? 0) < 0
  return (
    <div className="flex w-40 flex-col items-start gap-1">
      <p className="flex w-full items-center justify-between gap-3">
        <Sparkline values={curve} isLoss={isLoss} width={80} label="Money over time in the last test" />
        <span className={isLoss ? "text-loss" : "text-gain"}>{formatSignedPercent(totalReturnPercent)}</span>
      </p>
      <MadeUpChip of={madeUpOfRun(run ?? { address: strategy.settings ?? "" })} />
      {of && <p className="text-xs text-ink-soft">{ofWords(of)}</p>}
    </div>
  )
}

function ofWords(of: TestedState | "earlier"): string {
  return of === "earlier" ? "Result of an earlier test" : `Result of ${stateWords(of)}`
}
