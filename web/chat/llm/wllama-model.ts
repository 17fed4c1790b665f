import type { ModelFacts, ModelPiece, ModelProgress, ModelProvider, ModelRequest, ModelStatus } from "#models"
import { ModelFailure } from "#models"
import type { Wllama } from "@wllama/wllama"
import wasmAddress from "@wllama/wllama/esm/wasm/wllama.wasm?url&no-inline"
import { deviceMessages, wantedSchema } from "./device-request.ts"
import { type GgufFile, ggufBlob, removeGguf, storedGgufBytes } from "./gguf-store.ts"
import { wllamaFailure } from "./wllama-failure.ts"

/** What a model of a file is opened with. */
export type WllamaStart = { file: GgufFile; facts: ModelFacts }

/** Two threads on two busy cores were slower than one by far; half of the cores leave room for the screen. */
const threads = () => Math.max(1, Math.floor(navigator.hardwareConcurrency / 2))

/** A model from a GGUF file, on the processor, in llama.cpp compiled to WebAssembly. */
export class WllamaModel implements ModelProvider {
  #running: Promise<Wllama> | undefined

  constructor(
    readonly facts: ModelFacts,
    private readonly file: GgufFile,
  ) {}

  async status(): Promise<ModelStatus> {
    const isThere = (await this.storedBytes()) > 0
    return isThere
      ? { state: "ready" }
      : {
          state: "unavailable",
          because: `The file of ${this.facts.name} is no longer on this device.`,
          nextStep: "Choose the file again.",
        }
  }

  async prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void> {
    onProgress({ share: 0, words: `Loading ${this.facts.name}` })
    await this.#start()
    signal.throwIfAborted()
    onProgress({ share: 1, words: "Ready" })
  }

  async *ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const model = await this.#start()
    const schema = wantedSchema(request)
    try {
      const chunks = await model.createChatCompletion({
        messages: deviceMessages(request),
        max_tokens: request.mostOutputTokens,
        stream: true,
        abortSignal: signal,
        cache_prompt: true,
        ...(schema
          ? { response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true } } }
          : {}),
      })
      let why: "done" | "length" = "done"
      let counts: Counts | undefined
      for await (const { choices, timings } of chunks) {
        const [choice] = choices
        const { content } = choice?.delta ?? {}
        if (typeof content === "string" && content !== "") yield { kind: "text", text: content }
        if (choice?.finish_reason === "length") why = "length"
        if (timings) counts = timings
      }
      signal.throwIfAborted()
      if (counts) yield usagePiece(counts)
      yield { kind: "end", why }
    } catch (error) {
      signal.throwIfAborted()
      throw wllamaFailure(error)
    }
  }

  async remove(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.then((model) => model.exit()).catch(() => {})
    await removeGguf(this.file)
  }

  storedBytes(): Promise<number> {
    return storedGgufBytes(this.file)
  }

  #start(): Promise<Wllama> {
    this.#running ??= this.#load().catch((error: unknown) => {
      this.#running = undefined
      throw wllamaFailure(error)
    })
    return this.#running
  }

  async #load(): Promise<Wllama> {
    const [{ Wllama: Engine, LoggerWithoutDebug }, blob] = await Promise.all([
      import("@wllama/wllama"),
      ggufBlob(this.file),
    ])
    if (!blob)
      throw new ModelFailure("gone", {
        because: `The file of ${this.facts.name} is no longer on this device.`,
        nextStep: "Choose the file again.",
      })
    const model = new Engine({ default: wasmAddress }, { suppressNativeLog: true, logger: LoggerWithoutDebug })
    // Left alone it would fetch code for Safari from a server on the internet.
    model.setCompat(null)
    await model.loadModel([blob], { n_ctx: this.facts.contextTokens, n_gpu_layers: 0, n_threads: threads() })
    return model
  }
}

type Counts = { cache_n: number; prompt_n: number; predicted_n: number }

function usagePiece({ cache_n, prompt_n, predicted_n }: Counts): ModelPiece {
  return { kind: "usage", usage: { uncached: prompt_n, cachedRead: cache_n, cachedWrite: 0, output: predicted_n } }
}
