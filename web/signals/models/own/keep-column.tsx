import { useState } from "react"
import { functionCatalogue, namePattern, reservedNames } from "#engine/strategy"
import { sampleMarket } from "../../../db/sample-market.ts"
import type { MarketChoice } from "../../../market/index.ts"
import { keepColumn } from "../../../run/forecast-scoring.ts"
import { Button } from "../../../ui/button.tsx"
import { Notice } from "../../../ui/notice.tsx"
import { TextField } from "../../../ui/text-field.tsx"

type KeepColumnProps = { fileName: string; market: MarketChoice; values: Float64Array }

/** Keeps what a model said as a column of the market's candles, so that rules can ask it. */
export function KeepColumn({ fileName, market, values }: KeepColumnProps) {
  const [name, setName] = useState(() => plainName(fileName))
  const [kept, setKept] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const problem = nameProblem(name)
  const keep = async () => {
    setBusy(true)
    try {
      await keepColumn({ marketId: market.id, hash: market.hash, column: name, values })
      setKept(name)
      setFailed(undefined)
    } catch (error) {
      setFailed((error as Error).message)
    }
    setBusy(false)
  }
  if (market.id === sampleMarket.id)
    return <p className="text-sm text-ink-soft">The sample keeps no columns. Run it on a market of yours to use it.</p>
  if (kept !== undefined) return <KeptColumn name={kept} market={market} />
  return (
    <div className="flex max-w-[72ch] flex-col gap-3">
      <p className="text-ink-soft">
        {`Keep what it said as a column of ${market.name}: tests and rules on its candles can then name it.`}
      </p>
      <div className="flex flex-wrap items-start gap-3">
        <div className="w-64 max-w-full">
          <TextField label="Name in formulas" value={name} problem={problem} maxLength={60} onChange={setName} />
        </div>
        <Button className="mt-6" disabled={problem !== undefined || isBusy} onClick={() => void keep()}>
          Keep it as a column
        </Button>
      </div>
      {failed !== undefined && <Notice kind="warn">{failed}</Notice>}
    </div>
  )
}

function KeptColumn({ name, market }: { name: string; market: MarketChoice }) {
  return (
    <Notice kind="info">
      Kept with the candles of {market.name}. Rules name it as it is:{" "}
      <code className="font-mono text-ink-strong">{`${name} > 0.5`}</code>. Candles that come later have no number there
      until the model is run again and kept under another name.
    </Notice>
  )
}

/** The file's name as formulas can say it. */
function plainName(fileName: string): string {
  const letters = fileName.replace(/\.\w+$/, "").replaceAll(/\W+/g, "_")
  const name = letters.replace(/^(?![A-Za-z])_*/, "said_").replace(/_+$/, "")
  return name.slice(0, 40)
}

function nameProblem(name: string): string | undefined {
  if (!namePattern.test(name)) return "Letters, digits and _, beginning with a letter."
  if (reservedNames.includes(name) || functionCatalogue.has(name)) return "Formulas use this name for something else."
  return undefined
}
