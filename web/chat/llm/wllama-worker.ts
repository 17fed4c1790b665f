// llama.cpp starts a worker of its own from a blob, which the pages' policy forbids: this worker has a policy of its own
// (relay/door/security-headers.ts).
import { serveModel } from "./serve-model.ts"
import { WllamaModel, type WllamaStart } from "./wllama-model.ts"

serveModel(async ({ facts, file }: WllamaStart) => new WllamaModel(facts, file))
