import type { ModelFacts } from "#models"
import type { GgufFile } from "./gguf-store.ts"
import type { WllamaStart } from "./wllama-model.ts"
import address from "./wllama-worker.ts?worker&url"
import { WorkerModel } from "./worker-model.ts"

const MB = 1_000_000
/** Beside its weights a model needs room for what it reads. */
const BESIDE_WEIGHTS_MB = 500

/** What is known of a model in a file before it is loaded. */
export function fileModelFacts(name: string, file: GgufFile): ModelFacts {
  return {
    id: `file/${file.id}`,
    model: file.name,
    name,
    place: "device",
    host: "",
    wire: "envelope",
    strict: "yes",
    schema: "small",
    contextTokens: 8_192,
    reportsCachedTokens: true,
    needs: { memoryMb: Math.round(file.bytes / MB) + BESIDE_WEIGHTS_MB },
  }
}

/** A model from a file, in a worker of its own. */
export function fileModel(name: string, file: GgufFile): WorkerModel<WllamaStart> {
  const facts = fileModelFacts(name, file)
  return new WorkerModel<WllamaStart>(facts, address, { facts, file })
}
