import { Lock, Trash2 } from "lucide-react"
import { useState } from "react"
import { plainText } from "#engine/candles"
import { modelHostOf } from "#models"
import { changeModelSettings, type ModelSettings, type SetUpModel } from "../../db/model-settings.ts"
import { Button, IconButton } from "../../ui/button.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import { openKey } from "../llm/model-key.ts"
import { removeModel } from "./remove-model.ts"
import { Section } from "./section.tsx"
import { UnlockKey } from "./unlock-key.tsx"

/** The models that were set up: which of them may be asked, for what, and what their keys wait for. */
export function SetUpModels({ settings }: { settings: ModelSettings }) {
  return (
    <Section title="In use">
      {settings.models.length === 0 ? (
        <p className="text-ink-soft">No model yet. The chat works without one, and says what it did not understand.</p>
      ) : (
        <ul className="flex flex-col border-b border-line">
          {settings.models.map((model) => (
            <SetUp key={model.id} model={model} settings={settings} />
          ))}
        </ul>
      )}
    </Section>
  )
}

type SetUpProps = { model: SetUpModel; settings: ModelSettings }

function SetUp({ model, settings }: SetUpProps) {
  const [isUnlocking, setUnlocking] = useState(false)
  const key = model.kind === "server" && model.key.at === "browser" ? model.key : undefined
  const sealed = key && settings.keys.find(({ id }) => id === key.id)
  const isLocked = key !== undefined && openKey(key.id) === undefined
  const name = plainText(model.name, 60)
  const change = (changes: Partial<Pick<SetUpModel, "isOn" | "tier">>) =>
    void changeModelSettings(({ models }) => ({
      models: models.map((each) => (each.id === model.id ? { ...each, ...changes } : each)),
    }))
  return (
    <li className="flex flex-wrap items-end gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="flex min-w-0 grow basis-60 flex-col gap-1">
        <p className="font-medium wrap-anywhere text-ink-strong">{name}</p>
        <p className="text-sm wrap-anywhere text-ink-soft">{whereWords(model)}</p>
        {isLocked && (
          <p className="flex items-center gap-1.5 text-sm text-warn">
            <Lock aria-hidden className="size-4 shrink-0" />
            {sealed
              ? "Its key is sealed: open it for this window."
              : "Its key was kept only in the page, and went when the page was loaded anew or closed. Set it up again."}
          </p>
        )}
      </div>
      <div className="w-44">
        <Select
          label="Asked first for"
          value={model.tier}
          choices={[
            { value: "strong", label: "Building" },
            { value: "cheap", label: "Small changes" },
          ]}
          onChange={(tier) => change({ tier: tier as SetUpModel["tier"] })}
        />
      </div>
      <Switch label="Ask it" checked={model.isOn} onChange={(isOn) => change({ isOn })} />
      <div className="flex gap-1">
        {isLocked && sealed && <Button onClick={() => setUnlocking(true)}>Open the key</Button>}
        <IconButton label={`Remove ${name}`} onClick={() => void removeModel(model)}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </div>
      {isUnlocking && sealed && <UnlockKey sealed={sealed} onClose={() => setUnlocking(false)} />}
    </li>
  )
}

function whereWords(model: SetUpModel): string {
  switch (model.kind) {
    case "server": {
      const { host } = new URL(model.baseUrl)
      const through = model.key.at === "relay" ? ", through your relay, which has the key" : ""
      return `${modelHostOf(model.host).name}: what you say in the chat, and your strategies, go to ${host}${through}.`
    }
    case "file":
      return "On this device, from your file. Nothing leaves it."
    case "webLlm":
      return "On this device's graphics processor. Nothing leaves it."
    case "browser":
      return "The browser's own model, on this device. Nothing leaves it."
  }
}
