import { Trash2 } from "lucide-react"
import { useState } from "react"
import { changeModelSettings, type ModelSettings, preferenceLimits } from "../../db/model-settings.ts"
import { Button, IconButton } from "../../ui/button.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { Section } from "./section.tsx"

/** What every model hears of the person: all of it is here, and all of it can be erased. */
export function ModelPreferences({ settings: { preferences } }: { settings: ModelSettings }) {
  const [words, setWords] = useState("")
  const isFull = preferences.length >= preferenceLimits.count
  const add = () => {
    const text = words.trim()
    if (text === "" || isFull) return
    void changeModelSettings((now) => ({ preferences: [...now.preferences, text].slice(0, preferenceLimits.count) }))
    setWords("")
  }
  return (
    <Section
      title="What models keep in mind"
      about="Told with every question, such as “I trade only on weekends” or “never more than 1 % risk”. Nothing is noted behind your back: this list is all there is."
    >
      {preferences.length > 0 && (
        <ul className="flex flex-col border-b border-line">
          {preferences.map((each, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same may be written twice
            <li key={at} className="flex items-center gap-3 border-t border-line py-1">
              <span className="min-w-0 grow wrap-anywhere text-ink">{each}</span>
              <IconButton
                label={`Erase “${each.slice(0, 40)}”`}
                onClick={() =>
                  void changeModelSettings((now) => ({ preferences: now.preferences.filter((_, n) => n !== at) }))
                }
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form className="flex items-end gap-2" onSubmit={(event) => (event.preventDefault(), add())}>
        <div className="min-w-0 grow">
          <TextField label="Keep in mind" value={words} maxLength={preferenceLimits.letters} onChange={setWords} />
        </div>
        <Button type="submit" disabled={words.trim() === "" || isFull}>
          Add
        </Button>
      </form>
      {preferences.length > 1 && (
        <Button
          look="plain"
          className="self-start"
          onClick={() => void changeModelSettings(() => ({ preferences: [] }))}
        >
          Erase all
        </Button>
      )}
    </Section>
  )
}
