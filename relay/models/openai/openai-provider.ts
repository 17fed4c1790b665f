import OpenAI from "openai"
import { APIError } from "openai/error"
import type { ModelFacts, ModelPiece, ModelProvider, ModelProgress, ModelRequest, ModelStatus } from "../provider.ts"
import { failureOf } from "./server-failure.ts"
import { modelFetch, type ModelFetch } from "./model-fetch.ts"
import { namedField, requestBody, type RequestBody, withoutField } from "./request-body.ts"
import { type ServerModel, serverModelFacts } from "./server-facts.ts"
import { piecesOf } from "./stream-pieces.ts"

/** A model at a host that speaks OpenAI's protocol, and the way to it. */
export type OpenAiOptions = ServerModel & {
  /** Empty where the host wants none, or somebody on the way adds it. */
  key: string
  fetch: ModelFetch
}

/** A model at a company or on a computer of the person's, over OpenAI's protocol. */
export class OpenAiProvider implements ModelProvider {
  readonly facts: ModelFacts
  readonly #client: OpenAI
  /** Fields that this server has refused. */
  readonly #refused = new Set<string>()

  constructor(private readonly options: OpenAiOptions) {
    this.facts = serverModelFacts(options)
    this.#client = clientOf(options)
  }

  async status(): Promise<ModelStatus> {
    const { host, key } = this.options
    if (!host.needsKey || key !== "") return { state: "ready" }
    const where = host.keysUrl === undefined ? "" : ` Keys are made at ${host.keysUrl}.`
    return { state: "unavailable", because: `${host.name} wants a key.`, nextStep: `Put in a key of your own.${where}` }
  }

  /** Nothing is downloaded; whether the server answers and takes the key shows here rather than in the chat. */
  async prepare(onProgress: (progress: ModelProgress) => void, signal: AbortSignal): Promise<void> {
    onProgress({ share: 0, words: `Asking ${this.options.host.name}` })
    await this.models(signal)
    onProgress({ share: 1, words: "Ready" })
  }

  /** The models that the server lists, by its names. */
  async models(signal: AbortSignal): Promise<string[]> {
    try {
      const { data } = await this.#client.models.list({ signal })
      const names = (Array.isArray(data) ? data : []).map(({ id }) => id as unknown)
      return names.filter((name): name is string => typeof name === "string" && name.length < 200).slice(0, MOST_MODELS)
    } catch (error) {
      signal.throwIfAborted()
      throw failureOf(error, this.options.host, false)
    }
  }

  async *ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const { host, model } = this.options
    let isUnderWay = false
    try {
      const chunks = await this.#send(requestBody(host, model, request), signal)
      isUnderWay = true
      yield* piecesOf(chunks, host.cachedReport)
    } catch (error) {
      signal.throwIfAborted()
      throw failureOf(error, host, isUnderWay)
    }
    // The library ends an aborted stream as if it were complete.
    signal.throwIfAborted()
  }

  async remove(): Promise<void> {}

  async storedBytes(): Promise<number> {
    return 0
  }

  /** Sends without what this server has refused before; a field that it refuses now is left out, once. */
  async #send(whole: RequestBody, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const body = [...this.#refused].reduce(withoutField, whole)
    try {
      return await this.#stream(body, signal)
    } catch (error) {
      const isRefusal = error instanceof APIError && (error.status === 400 || error.status === 422)
      const field = isRefusal ? namedField(body, `${error.param ?? ""} ${error.message}`) : undefined
      if (field === undefined) throw error
      this.#refused.add(field)
      return this.#stream(withoutField(body, field), signal)
    }
  }

  #stream(body: RequestBody, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    return this.#client.chat.completions.create(body as never, { signal }) as unknown as Promise<AsyncIterable<unknown>>
  }
}

const MOST_MODELS = 500
/** Our own limits end a call long before. */
const LIBRARY_TIMEOUT_MS = 600_000

function clientOf({ host, key, fetch }: OpenAiOptions): OpenAI {
  return new OpenAI({
    baseURL: host.baseUrl,
    apiKey: key === "" ? "none" : key,
    // Whatever stands in the environment of a relay is not meant for this server.
    organization: null,
    project: null,
    webhookSecret: null,
    adminAPIKey: null,
    defaultHeaders: {},
    // A person's own key, in their own browser.
    dangerouslyAllowBrowser: true,
    // Our own queue decides when to try again.
    maxRetries: 0,
    timeout: LIBRARY_TIMEOUT_MS,
    logLevel: "off",
    fetch: modelFetch({ fetch, baseUrl: host.baseUrl, headers: host.headers, hasKey: key !== "" }),
  })
}
