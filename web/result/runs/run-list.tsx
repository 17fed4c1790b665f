import { Link } from "@tanstack/react-router"
import { GitCompare } from "lucide-react"
import { useMemo, useState } from "react"
import type { SavedRun } from "../../db/saved-run.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { formatCount, formatNumber } from "../../ui/number-format.ts"
import { TextField } from "../../ui/text-field.tsx"
import { MOST_COMPARED, runsText } from "./compared-runs.ts"
import { runDifferences } from "./run-differences.ts"
import { RunRow } from "./run-row.tsx"
import { useAppEngine } from "./use-app-engine.ts"
import { useRunNames } from "./use-run-names.ts"

/** Runs to read, to search and to choose for comparing. */
export function RunList({ runs }: { runs: SavedRun[] }) {
  const [words, setWords] = useState("")
  const [chosen, setChosen] = useState<string[]>([])
  const engine = useAppEngine()
  const { timeZone } = usePreferences()
  const differences = useMemo(() => runDifferences(runs, timeZone), [runs, timeZone])
  const nameOf = useRunNames(runs)
  const found = runs.filter((run) => isFound(`${nameOf(run)} ${run.note ?? ""}`, words))
  const choose = (id: string, isIn: boolean) =>
    setChosen(isIn ? [...chosen, id].slice(-MOST_COMPARED) : chosen.filter((each) => each !== id))
  return (
    <section aria-label="Your runs" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="w-full max-w-100">
          <TextField
            label="Search"
            type="search"
            value={words}
            placeholder="Strategy, market, note"
            onChange={setWords}
          />
        </div>
        <CompareButton chosen={chosen} />
      </div>
      <p role="status" className="text-sm text-ink-soft">
        {found.length === runs.length
          ? formatCount(runs.length, "run")
          : `${formatNumber(found.length)} of ${formatCount(runs.length, "run")}`}
      </p>
      <ul className="border-b border-line empty:hidden">
        {found.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            name={nameOf(run)}
            difference={differences.get(run.id)!}
            engine={engine}
            isChosen={chosen.includes(run.id)}
            onChoose={(isIn) => choose(run.id, isIn)}
          />
        ))}
      </ul>
    </section>
  )
}

function CompareButton({ chosen }: { chosen: string[] }) {
  const icon = <GitCompare aria-hidden className="size-4" />
  if (chosen.length < 2)
    return (
      <Button icon={icon} disabled title={`Choose two to ${MOST_COMPARED} runs`}>
        Compare
      </Button>
    )
  return (
    <Link to="/library/compare" search={{ runs: runsText(chosen) }} className={buttonClass("primary")}>
      {icon}
      Compare {chosen.length}
    </Link>
  )
}

function isFound(run: string, words: string): boolean {
  const text = run.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
