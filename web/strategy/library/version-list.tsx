import { useNavigate } from "@tanstack/react-router"
import { GitBranch, RotateCcw } from "lucide-react"
import { useState } from "react"
import { plainText } from "#engine/candles"
import { changesInWords, changeText } from "#engine/strategy"
import { type KeptStrategy, rollBack } from "../../db/kept-strategy.ts"
import type { StrategyVersion } from "../../db/strategy-version.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { sayAside } from "../../ui/toast.tsx"
import { faultInWords, markIfBroken } from "./version-fault.ts"
import { branch } from "./library-actions.ts"
import { StrategyDiff } from "./strategy-diff.tsx"

/** The versions of a strategy, the newest first, each with what changed. */
export function VersionList({ strategy, versions }: { strategy: KeptStrategy; versions: StrategyVersion[] }) {
  const base = versions.find(({ number }) => number === strategy.version)
  const unkept = base ? changesInWords(base.document, strategy.draft).map(changeText) : []
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Versions</h2>
      {unkept.length > 0 && (
        <div className="border-l-2 border-accent py-1 pl-3">
          <p className="text-ink-strong">Now, not kept as a version yet</p>
          <Lines lines={unkept} />
        </div>
      )}
      <ol className="border-b border-line">
        {versions.map((version) => (
          <VersionRow key={version.number} strategy={strategy} version={version} versions={versions} />
        ))}
      </ol>
    </section>
  )
}

type VersionRowProps = { strategy: KeptStrategy; version: StrategyVersion; versions: StrategyVersion[] }

function VersionRow({ strategy, version, versions }: VersionRowProps) {
  const { timeZone } = usePreferences()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const { number, parent, how, words, keptAtMs } = version
  const fault = faultInWords(version)
  const before = versions.find((each) => each.number === parent)
  const toBranch = async () => {
    const { id } = await branch(strategy, version)
    await navigate({ to: "/library/$strategyId", params: { strategyId: id } })
  }
  const goBack = async () => {
    const before = await rollBack(strategy.id, number)
    if (fault !== undefined)
      void sayAside(
        `Version ${number} is back, and it does not run: ${plainText(fault, 200)} Every version is still in the list.`,
      )
    await markIfBroken(before)
  }
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 grow basis-60 flex-col gap-1">
          <h3 className="font-medium text-ink-strong">
            Version {number}
            {number === strategy.version && <span className="font-normal text-ink-soft"> · the draft began here</span>}
          </h3>
          <p className="text-sm text-ink-soft">
            {formatDateTime(keptAtMs, timeZone)} · {how}
            {parent !== undefined && parent !== number - 1 && ` · from version ${parent}`}
          </p>
          <Lines lines={words} />
          {fault !== undefined && <p className="text-warn wrap-anywhere">{`Does not run: ${plainText(fault, 500)}`}</p>}
        </div>
        <div className="flex flex-wrap gap-1">
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Hide the difference" : "Compare"}
          </Button>
          <Button
            icon={<RotateCcw aria-hidden className="size-4" />}
            aria-label={`Go back to version ${number}`}
            onClick={() => void goBack()}
          >
            Go back
          </Button>
          <Button
            icon={<GitBranch aria-hidden className="size-4" />}
            aria-label={`Branch from version ${number}`}
            onClick={() => void toBranch()}
          >
            Branch
          </Button>
        </div>
      </div>
      {isOpen && <Differences strategy={strategy} version={version} before={before} />}
    </li>
  )
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="flex flex-col text-ink">
      {lines.map((line) => (
        <li key={line} className="wrap-anywhere">
          {line}
        </li>
      ))}
    </ul>
  )
}

type DifferencesProps = { strategy: KeptStrategy; version: StrategyVersion; before: StrategyVersion | undefined }

function Differences({ strategy, version, before }: DifferencesProps) {
  return (
    <div className="flex flex-col gap-6 py-2">
      {before && (
        <StrategyDiff
          heading="h4"
          title={`From version ${before.number} to version ${version.number}`}
          from={before.document}
          to={version.document}
        />
      )}
      <StrategyDiff
        heading="h4"
        title={`From version ${version.number} to now`}
        from={version.document}
        to={strategy.draft}
      />
    </div>
  )
}
