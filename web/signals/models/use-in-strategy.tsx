import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { MINUTE_MS, plainText } from "#engine/candles"
import { changesBetween } from "#engine/strategy"
import type { KeptModel } from "../../db/kept-model.ts"
import {
  changeDraft,
  describeStrategy,
  type KeptStrategy,
  keepStrategy,
  keepVersion,
  LibraryFull,
  listStrategies,
} from "../../db/kept-strategy.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { useKept } from "../../db/use-kept.ts"
import { defaultSetup } from "../../run/run-setup.ts"
import { settingsOf } from "../../run/settings-of.ts"
import { searchOf } from "../../strategy/index.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { strategyOf, withModel } from "./model-in-strategy.ts"

const NEW = "new"
const ANY = "any"

/** Puts a model into a strategy of the library, or a new one, and opens it where it is tested. */
export function UseInStrategy({ kept }: { kept: KeptModel }) {
  const library = useKept(listStrategies)
  const [chosen, setChosen] = useState(NEW)
  const [regime, setRegime] = useState("0")
  const [problem, setProblem] = useState<string>()
  const navigate = useNavigate()
  const withRules = (library.state === "ready" ? library.value : []).filter(({ draft }) => !draft.code)
  const use = async () => {
    const strategy = withRules.find(({ id }) => id === chosen)
    const wanted = kept.regimes && regime !== ANY ? Number(regime) : undefined
    const answer = await (strategy ? addTo(strategy, kept, wanted) : keepNew(kept, wanted)).catch((error: Error) => ({
      because: error instanceof LibraryFull ? error.message : unavailableBecause(error),
    }))
    if ("because" in answer) return setProblem(answer.because)
    await navigate({ to: "/backtest", search: answer.search })
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-72 max-w-full">
          <Select
            label="Strategy"
            value={chosen}
            choices={[
              { value: NEW, label: "A new one" },
              ...withRules.map(({ id, draft }) => ({
                value: id,
                label: plainText(draft.name, 60),
                hint: draft.timeframe,
              })),
            ]}
            onChange={(id) => {
              setChosen(id)
              setProblem(undefined)
            }}
          />
        </div>
        {kept.regimes && (
          <div className="w-72 max-w-full">
            <Select
              label="Buys while it is"
              value={regime}
              choices={[
                ...kept.regimes.names.map((name, n) => ({ value: String(n), label: name })),
                { value: ANY, label: "Any of them", hint: "only count the trades of each" },
              ]}
              onChange={setRegime}
            />
          </div>
        )}
        <Button onClick={() => void use()}>Use in a strategy</Button>
      </div>
      {problem && <Notice kind="warn">{problem}</Notice>}
    </div>
  )
}

type Used = { search: Record<string, string> } | { because: string }

async function keepNew({ model, scoredOn }: KeptModel, regime?: number): Promise<Used> {
  // Days before it speaks would count as days in which the strategy did nothing.
  const fromMs = Math.ceil(model.parts[0].readyFromMs / MINUTE_MS) * MINUTE_MS
  const settings = settingsOf({ ...defaultSetup, market: scoredOn.marketId, fromMs })
  const made = await keepStrategy({
    document: strategyOf(model, regime),
    origin: model.kind === "regimes" ? "from a mood" : "from a forecast",
    settings,
  })
  return { search: searchOf(made) }
}

async function addTo(strategy: KeptStrategy, { model, scoredOn }: KeptModel, regime?: number): Promise<Used> {
  const answer = withModel(strategy.draft, model, regime)
  if (!answer.ok) return answer
  await changeDraft(strategy.id, changesBetween(strategy.draft, answer.document))
  await keepVersion(strategy.id, model.kind === "regimes" ? "minds the mood" : "asks a forecast")
  const settings = strategy.settings ?? settingsOf({ ...defaultSetup, market: scoredOn.marketId })
  await describeStrategy(strategy.id, { settings })
  return { search: searchOf({ id: strategy.id, settings }) }
}
