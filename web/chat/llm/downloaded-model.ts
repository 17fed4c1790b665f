import { downloadableModels, webLlmFacts } from "./web-llm-facts.ts"
import address from "./web-llm-worker.ts?worker&url"
import { WorkerModel } from "./worker-model.ts"
import type { WebLlmStart } from "./web-llm-worker.ts"

/** A downloadable model, in a worker of its own. */
export function webLlmModel(id: string): WorkerModel<WebLlmStart> {
  const known = downloadableModels.find((model) => model.id === id) ?? downloadableModels[0]
  const facts = webLlmFacts(known)
  return new WorkerModel<WebLlmStart>(facts, address, { facts })
}
