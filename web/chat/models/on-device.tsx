import type { ModelSettings } from "../../db/model-settings.ts"
import { downloadableModels } from "../llm/web-llm-facts.ts"
import { BrowsersModel } from "./browsers-model.tsx"
import { DownloadRow } from "./download-row.tsx"
import { FileModel } from "./file-model-row.tsx"
import { Section } from "./section.tsx"
import { useGpu } from "./use-gpu.ts"

/** Models that run in this browser: nothing that is said leaves the device. */
export function OnDevice({ settings }: { settings: ModelSettings }) {
  const gpu = useGpu()
  const isUsed = (id: string) => settings.models.some((model) => model.id === id)
  return (
    <Section
      title="On this device"
      about="Free, private, and it works without a network once it is there. Slower and less able than a large model."
    >
      <ul className="flex flex-col border-b border-line">
        {downloadableModels.map((model) => (
          <DownloadRow key={model.id} model={model} gpu={gpu} isUsed={isUsed(`web-llm/${model.id}`)} />
        ))}
        <BrowsersModel isUsed={isUsed("browser/language-model")} />
        <FileModel />
      </ul>
    </Section>
  )
}
