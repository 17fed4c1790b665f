import type { ModelFacts } from "#models"
import { serveModel } from "./serve-model.ts"
import { type Gpu, WebLlmModel } from "./web-llm-model.ts"

export type WebLlmStart = { facts: ModelFacts }

// 2.2 MB: only those who ask for a model on their graphics processor fetch them.
serveModel(async ({ facts }: WebLlmStart) => {
  const { gpu } = navigator as { gpu?: Gpu }
  return new WebLlmModel(facts, () => import("@mlc-ai/web-llm"), gpu)
})
