import type { ChatCompletionChunk, ChatCompletionMessageParam, MLCEngine } from "@mlc-ai/web-llm"
import type { ModelFacts, ModelPiece, ModelProgress, ModelProvider, ModelRequest, ModelStatus } from "#models"
import { ModelFailure } from "#models"
import { deviceMessages, wantedSchema } from "./device-request.ts"
import { webLlmFailure } from "./web-llm-failure.ts"

/** What we use of web-llm. */
export type WebLlmLibrary = Pick<
  typeof import("@mlc-ai/web-llm"),
  "CreateMLCEngine" | "hasModelInCache" | "deleteModelAllInfoInCache"
>

/** What we ask of a graphics processor before anything is downloaded. */
export type Gpu = { requestAdapter(): Promise<{ features: { has(name: string): boolean } } | null> }

/** A model on the graphics processor, downloaded by web-llm and kept in the browser's cache. */
export class WebLlmModel implements ModelProvider {
  #engine: Promise<MLCEngine> | undefined

  constructor(
    readonly facts: ModelFacts,
    private readonly load: () => Promise<WebLlmLibrary>,
    private readonly gpu: Gpu | undefined,
  ) {}

  async status(): Promise<ModelStatus> {
    try {
      const id = await this.#modelId()
      const { hasModelInCache } = await this.load()
      if (await hasModelInCache(id)) return { state: "ready" }
      return { state: "needsDownload", downloadMb: this.facts.needs.downloadMb! }
    } catch (error) {
      const { because, nextStep } = webLlmFailure(error)
      return { state: "unavailable", because, nextStep }
    }
  }

  async prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void> {
    try {
      await orStopped(this.#start(onProgress), signal)
    } catch (error) {
      signal.throwIfAborted()
      throw webLlmFailure(error)
    }
  }

  async *ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const schema = wantedSchema(request)
    const ended = new AbortController()
    try {
      const engine = await this.#start(() => {})
      signal.addEventListener("abort", () => void engine.interruptGenerate(), { once: true, signal: ended.signal })
      const chunks = await engine.chat.completions.create({
        messages: deviceMessages(request) as ChatCompletionMessageParam[],
        max_tokens: request.mostOutputTokens,
        stream: true,
        stream_options: { include_usage: true },
        ...(schema ? { response_format: { type: "json_object", schema: JSON.stringify(schema) } } : {}),
        // Qwen would think first, into the same limit.
        extra_body: { enable_thinking: false },
      })
      yield* piecesOf(chunks, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw webLlmFailure(error)
    } finally {
      ended.abort()
    }
  }

  async remove(): Promise<void> {
    const engine = this.#engine
    this.#engine = undefined
    await engine?.then((running) => running.unload()).catch(() => {})
    const { deleteModelAllInfoInCache } = await this.load()
    for (const id of idsOf(this.facts)) await deleteModelAllInfoInCache(id).catch(() => {})
  }

  async storedBytes(): Promise<number> {
    const { hasModelInCache } = await this.load()
    const kept = await Promise.all(idsOf(this.facts).map((id) => hasModelInCache(id)))
    return kept.includes(true) ? (this.facts.needs.downloadMb ?? 0) * 1_000_000 : 0
  }

  #start(onProgress: (progress: ModelProgress) => void): Promise<MLCEngine> {
    this.#engine ??= this.#load(onProgress).catch((error: unknown) => {
      this.#engine = undefined
      throw error
    })
    return this.#engine
  }

  async #load(onProgress: (progress: ModelProgress) => void): Promise<MLCEngine> {
    // Before anything is downloaded: web-llm itself looks at the graphics processor last.
    const id = await this.#modelId()
    const { CreateMLCEngine } = await this.load()
    return CreateMLCEngine(id, {
      logLevel: "SILENT",
      initProgressCallback: ({ progress, text }) => onProgress({ share: progress, words: progressWords(text) }),
    })
  }

  /** The build for this processor. */
  async #modelId(): Promise<string> {
    const adapter = await this.gpu?.requestAdapter()
    if (!adapter) throw new ModelFailure("noGpu")
    const [withF16, withoutF16] = idsOf(this.facts)
    return adapter.features.has("shader-f16") ? withF16 : withoutF16
  }
}

function idsOf({ model }: ModelFacts): [withF16: string, withoutF16: string] {
  return [`${model}-q4f16_1-MLC`, `${model}-q4f32_1-MLC`]
}

async function* piecesOf(chunks: AsyncIterable<ChatCompletionChunk>, signal: AbortSignal): AsyncIterable<ModelPiece> {
  let why: "done" | "length" = "done"
  for await (const { choices, usage } of chunks) {
    const [choice] = choices
    const { content } = choice?.delta ?? {}
    if (content) yield { kind: "text", text: content }
    if (choice?.finish_reason === "length") why = "length"
    if (usage)
      yield {
        kind: "usage",
        usage: { uncached: usage.prompt_tokens, cachedRead: 0, cachedWrite: 0, output: usage.completion_tokens },
      }
  }
  signal.throwIfAborted()
  yield { kind: "end", why }
}

/** web-llm counts pieces and seconds; people want to know what happens. */
function progressWords(text: string): string {
  if (text.startsWith("Fetching param cache")) return "Downloading the model"
  if (text.startsWith("Loading model from cache")) return "Loading the model"
  return /shader/i.test(text) ? "Preparing the graphics processor" : "Starting the model"
}

function orStopped<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error)
    signal.addEventListener("abort", stop, { once: true })
    promise.finally(() => signal.removeEventListener("abort", stop)).then(resolve, reject)
  })
}
