import { type FormEvent, useState } from "react"
import { microDollarsFrom, type PriceRow } from "#models"
import { changeModelSettings, type ModelSettings } from "../../db/model-settings.ts"
import { Button } from "../../ui/button.tsx"
import { Select } from "../../ui/select.tsx"
import { TextField } from "../../ui/text-field.tsx"

const fields = [
  ["input", "In"],
  ["cachedRead", "From its cache"],
  ["output", "Out"],
] as const
type Field = (typeof fields)[number][0]

/** The person's own prices of their models at servers: they count before those that ship with Candlewright. */
export function ModelPrices({ settings: { models, prices } }: { settings: ModelSettings }) {
  const names = [...new Set(models.flatMap((model) => (model.kind === "server" ? [model.model] : [])))]
  const [chosen, setChosen] = useState<string>()
  const model = names.find((name) => name === chosen) ?? names[0]
  if (model === undefined) return null
  return (
    <details>
      <summary className="min-h-8 cursor-pointer text-sm text-ink-soft hover:text-ink-strong">
        Enter what a model costs
      </summary>
      <div className="flex flex-col gap-3 pt-2">
        <Select
          label="Which model"
          value={model}
          choices={names.map((value) => ({ value, label: value }))}
          onChange={setChosen}
        />
        <PriceForm key={model} model={model} row={prices.find((each) => each.model === model)} />
      </div>
    </details>
  )
}

function PriceForm({ model, row }: { model: string; row: PriceRow | undefined }) {
  const [typed, setTyped] = useState<Record<Field, string>>(() => typedOf(row))
  const amounts = fields.map(([name]) => microDollarsFrom(typed[name]))
  const isWhole = amounts.every((amount) => amount !== undefined)
  const keep = (event: FormEvent) => {
    event.preventDefault()
    const [input, cachedRead, output] = amounts
    if (input === undefined || cachedRead === undefined || output === undefined) return
    const readOn = new Date().toISOString().slice(0, "2026-11".length)
    const made: PriceRow = { model, readOn, prices: { input, cachedRead, cachedWrite: input, output } }
    void changeModelSettings(({ prices }) => ({ prices: [made, ...without(prices, model)] }))
  }
  return (
    <form onSubmit={keep} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
      {fields.map(([name, label]) => (
        <TextField
          key={name}
          label={`${label}, dollars a million tokens`}
          inputMode="decimal"
          value={typed[name]}
          problem={typed[name] !== "" && microDollarsFrom(typed[name]) === undefined ? "Such as 0.10." : undefined}
          onChange={(text) => setTyped({ ...typed, [name]: text })}
        />
      ))}
      <Button type="submit" disabled={!isWhole}>
        Keep this price
      </Button>
    </form>
  )
}

function typedOf(row: PriceRow | undefined): Record<Field, string> {
  const text = (name: Field) => (row === undefined ? "" : String(row.prices[name] / 1_000_000))
  return { input: text("input"), cachedRead: text("cachedRead"), output: text("output") }
}

function without(prices: readonly PriceRow[], model: string): PriceRow[] {
  return prices.filter((each) => each.model !== model)
}
