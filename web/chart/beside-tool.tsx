type BesideToolProps = { choices: readonly string[]; value: string | undefined; onChange: (value: string) => void }

/** Chooses a second timeframe to show beside the first. Hidden where there is no width for two charts. */
export function BesideTool({ choices, value, onChange }: BesideToolProps) {
  if (choices.length === 0) return null
  return (
    <select
      aria-label="A second timeframe beside this one"
      title="A second timeframe beside this one"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 cursor-pointer rounded-md bg-transparent px-1 text-xs text-ink-soft hover:bg-surface-2 hover:text-ink-strong max-lg:hidden"
    >
      <option value="" className="bg-surface-1">
        One chart
      </option>
      {choices.map((name) => (
        <option key={name} value={name} className="bg-surface-1">
          + {name}
        </option>
      ))}
    </select>
  )
}
