import {
  type ModelFacts,
  ModelFailure,
  type ModelPiece,
  type ModelProgress,
  type ModelProvider,
  type ModelRequest,
  type ModelStatus,
} from "#models"
import { deviceMessages, wantedSchema } from "./device-request.ts"

/** The part of Chrome's model we use: https://github.com/webmachinelearning/prompt-api */
export interface LanguageModelApi {
  availability(): Promise<"unavailable" | "downloadable" | "downloading" | "available">
  create(options: {
    initialPrompts?: readonly { role: string; content: string }[]
    monitor?: (monitor: EventTarget) => void
    signal?: AbortSignal
  }): Promise<LanguageModelSession>
}

export interface LanguageModelSession {
  promptStreaming(
    prompt: readonly { role: string; content: string }[],
    options: { responseConstraint?: object; signal?: AbortSignal },
  ): ReadableStream<string>
  destroy(): void
}

const facts: ModelFacts = {
  id: "browser/language-model",
  model: "language-model",
  name: "This browser's own model",
  place: "device",
  host: "",
  wire: "envelope",
  strict: "yes",
  schema: "small",
  contextTokens: 6_144,
  reportsCachedTokens: false,
  needs: { memoryMb: 4_000, downloadMb: 4_000 },
}

/** The model that comes with Chrome on a desktop. The browser downloads and keeps it, for all pages. */
export class BrowserModel implements ModelProvider {
  readonly facts = facts

  constructor(
    private readonly api: LanguageModelApi | undefined = (globalThis as { LanguageModel?: LanguageModelApi })
      .LanguageModel,
  ) {}

  async status(): Promise<ModelStatus> {
    switch (await this.api?.availability()) {
      case "available":
        return { state: "ready" }
      case "downloading":
        return { state: "downloading", share: 0 }
      case "downloadable":
        return { state: "needsDownload", downloadMb: facts.needs.downloadMb! }
      case "unavailable":
        return { state: "unavailable", because: DEVICE_TOO_SMALL, nextStep: ANOTHER }
      case undefined:
        return { state: "unavailable", because: "This browser has no model of its own.", nextStep: ANOTHER }
    }
  }

  async prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void> {
    const report = (share: number) => onProgress({ share, words: "The browser gets its model" })
    report(0)
    const session = await this.#session([], signal, report)
    session.destroy()
    report(1)
  }

  async *ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const schema = wantedSchema(request)
    const messages = deviceMessages(request)
    const [system, said] = [messages.filter(isSystem), messages.filter((message) => !isSystem(message))]
    const session = await this.#session(system, signal)
    try {
      const stream = session.promptStreaming(said, { signal, ...(schema ? { responseConstraint: schema } : {}) })
      const reader = stream.getReader()
      for (let read = await reader.read(); !read.done; read = await reader.read())
        yield { kind: "text", text: read.value }
      yield { kind: "end", why: "done" }
    } catch (error) {
      throw browserFailure(error, signal)
    } finally {
      session.destroy()
    }
  }

  /** The browser keeps it for every page; only its settings delete it. */
  async remove(): Promise<void> {}

  async storedBytes(): Promise<number> {
    return 0
  }

  async #session(
    initialPrompts: readonly { role: string; content: string }[],
    signal: AbortSignal,
    onShare: (share: number) => void = () => {},
  ): Promise<LanguageModelSession> {
    const status = await this.status()
    if (status.state === "unavailable" || !this.api) throw unavailable(status)
    try {
      return await this.api.create({
        signal,
        ...(initialPrompts.length > 0 ? { initialPrompts } : {}),
        monitor: (monitor) =>
          monitor.addEventListener("downloadprogress", (event) => onShare((event as ProgressEvent).loaded)),
      })
    } catch (error) {
      throw browserFailure(error, signal)
    }
  }
}

const isSystem = ({ role }: { role: string }) => role === "system"
const DEVICE_TOO_SMALL =
  "This browser's own model does not run on this device: it wants a desktop computer with 22 GB of free disk and a strong graphics processor or 16 GB of memory."
const ANOTHER = "Choose another model, use a key of your own, or build with the four questions."

function unavailable(status: ModelStatus): ModelFailure {
  return new ModelFailure("noGpu", status.state === "unavailable" ? status : {})
}

/** What its exceptions mean: https://developer.chrome.com/docs/ai/prompt-api */
function browserFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof ModelFailure) return error
  const { name = "", message = "" } = error as Partial<Error>
  switch (name) {
    case "QuotaExceededError":
      return new ModelFailure("contextFull")
    case "NotAllowedError":
      return new ModelFailure("gone", {
        because: "The browser does not let this page use its model.",
        nextStep: "Press the button again: the browser wants a press of yours before it downloads.",
      })
    case "NotSupportedError":
      return new ModelFailure("badOutput", {
        because: "This browser's own model cannot answer in this form or language.",
        nextStep: ANOTHER,
      })
    case "NetworkError":
      return new ModelFailure("offlineOrBlocked", { because: "The browser could not download its model." })
    case "InvalidStateError":
    case "OperationError":
      return new ModelFailure("gone")
    default:
      return new ModelFailure("gone", { because: `The browser's own model stopped (${message.slice(0, 120)}).` })
  }
}
