import { expect, test, vi } from "vitest"
import type { ModelPiece, ModelRequest } from "#models"
import { webLlmFacts } from "./web-llm-facts.ts"
import { type Gpu, WebLlmModel, type WebLlmLibrary } from "./web-llm-model.ts"

const facts = webLlmFacts({
  id: "Qwen3.5-2B",
  name: "Qwen",
  about: "",
  downloadMb: 1300,
  memoryMb: 2245,
  memoryMbWithoutF16: 2592,
})
const { signal } = new AbortController()
const gpuWith = (...features: string[]): Gpu => ({ requestAdapter: async () => ({ features: new Set(features) }) })
const request: ModelRequest = {
  messages: [{ role: "user", text: "buy the dip" }],
  answer: { kind: "envelope", schema: { type: "object" } },
  mostOutputTokens: 100,
}

type Does = { create?: Error; stream?: Error; says?: string[]; isKept?: boolean }

function libraryThat(does: Does) {
  const heard = { ids: [] as string[], requests: [] as Record<string, unknown>[], interrupts: 0 }
  const engine = {
    chat: {
      completions: {
        create: async (asked: Record<string, unknown>) => {
          heard.requests.push(asked)
          return (async function* () {
            for (const content of does.says ?? []) yield { choices: [{ delta: { content } }] }
            if (does.stream) throw does.stream
            yield { choices: [{ delta: {}, finish_reason: "stop" }] }
            yield { choices: [], usage: { prompt_tokens: 900, completion_tokens: 40 } }
          })()
        },
      },
    },
    interruptGenerate: async () => void heard.interrupts++,
    unload: async () => {},
  }
  const library = {
    CreateMLCEngine: async (id: string) => {
      heard.ids.push(id)
      if (does.create) throw does.create
      return engine
    },
    hasModelInCache: async () => does.isKept ?? false,
    deleteModelAllInfoInCache: async (id: string) => void heard.ids.push(`deleted ${id}`),
  } as unknown as WebLlmLibrary
  return { library, heard }
}

async function answerOf(model: WebLlmModel, by = signal): Promise<ModelPiece[]> {
  const pieces: ModelPiece[] = []
  for await (const piece of model.ask(request, by)) pieces.push(piece)
  return pieces
}

function named(name: string, message = ""): Error {
  return Object.assign(new Error(message), { name })
}

test("without a graphics processor nothing is downloaded, and that is said", async () => {
  for (const gpu of [undefined, { requestAdapter: async () => null }]) {
    const load = vi.fn<() => never>()
    const model = new WebLlmModel(facts, load, gpu)
    expect(await model.status()).toMatchObject({
      state: "unavailable",
      because: expect.stringContaining("graphics processor"),
    })
    await expect(model.prepare(() => {}, signal)).rejects.toMatchObject({ kind: "noGpu" })
    expect(load).not.toHaveBeenCalled()
  }
})

test("a processor without 16-bit numbers gets the build that needs none", async () => {
  const { library, heard } = libraryThat({})
  await new WebLlmModel(facts, async () => library, gpuWith("shader-f16")).prepare(() => {}, signal)
  await new WebLlmModel(facts, async () => library, gpuWith()).prepare(() => {}, signal)
  expect(heard.ids).toEqual(["Qwen3.5-2B-q4f16_1-MLC", "Qwen3.5-2B-q4f32_1-MLC"])
})

test("it answers under the schema, without thinking aloud, and says what it read and wrote", async () => {
  const { library, heard } = libraryThat({ says: ['{"kind":', '"answer"}'] })
  const model = new WebLlmModel(facts, async () => library, gpuWith("shader-f16"))
  expect(await answerOf(model)).toEqual([
    { kind: "text", text: '{"kind":' },
    { kind: "text", text: '"answer"}' },
    { kind: "usage", usage: { uncached: 900, cachedRead: 0, cachedWrite: 0, output: 40 } },
    { kind: "end", why: "done" },
  ])
  expect(heard.requests[0]).toMatchObject({
    response_format: { type: "json_object", schema: '{"type":"object"}' },
    extra_body: { enable_thinking: false },
  })
})

test.each([
  [named("TypeError", "Failed to fetch"), "offlineOrBlocked"],
  [named("TypeError", "Failed to execute 'add' on 'Cache': Request failed"), "offlineOrBlocked"],
  [named("CompileError", "WebAssembly.instantiate(): expected magic word 00 61 73 6d"), "offlineOrBlocked"],
  [named("QuotaExceededError", "full"), "quota"],
  [named("DeviceLostError", "The device was lost"), "tooBig"],
  [named("ShaderF16SupportError", "This model requires WebGPU extension shader-f16"), "noGpu"],
  [named("ContextWindowSizeExceededError", "Prompt tokens exceed context window size"), "contextFull"],
] as const)("%s is told as %s", async (error, kind) => {
  for (const does of [{ create: error }, { stream: error, says: ["half"] }]) {
    const model = new WebLlmModel(facts, async () => libraryThat(does).library, gpuWith("shader-f16"))
    await expect(answerOf(model)).rejects.toMatchObject({ kind })
  }
})

test("a download that failed is tried anew with the next press", async () => {
  const failing = libraryThat({ create: named("TypeError", "Failed to fetch") })
  const working = libraryThat({ says: ["{}"] })
  const libraries = [failing.library, working.library]
  const model = new WebLlmModel(facts, async () => libraries.shift()!, gpuWith("shader-f16"))
  await expect(model.prepare(() => {}, signal)).rejects.toMatchObject({ kind: "offlineOrBlocked" })
  await model.prepare(() => {}, signal)
  expect((await answerOf(model)).at(-1)).toEqual({ kind: "end", why: "done" })
})

test("a stopped answer interrupts the model", async () => {
  const { library, heard } = libraryThat({ says: ["a", "b"] })
  const stopping = new AbortController()
  const model = new WebLlmModel(facts, async () => library, gpuWith("shader-f16"))
  const answer = async () => {
    for await (const _ of model.ask(request, stopping.signal)) stopping.abort(new Error("enough"))
  }
  await expect(answer()).rejects.toThrow("enough")
  expect(heard.interrupts).toBe(1)
})

test("deleting takes both builds away", async () => {
  const { library, heard } = libraryThat({ isKept: true })
  await new WebLlmModel(facts, async () => library, gpuWith()).remove()
  expect(heard.ids).toEqual(["deleted Qwen3.5-2B-q4f16_1-MLC", "deleted Qwen3.5-2B-q4f32_1-MLC"])
})
