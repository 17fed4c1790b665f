import { expect, test } from "vitest"
import type { ModelPiece, ModelRequest } from "#models"
import { BrowserModel, type LanguageModelApi } from "./browser-model.ts"

const { signal } = new AbortController()
const request: ModelRequest = {
  messages: [
    { role: "system", text: "Be brief." },
    { role: "user", text: "buy the dip" },
  ],
  answer: { kind: "envelope", schema: { type: "object" } },
  mostOutputTokens: 100,
}

function apiThat(does: {
  availability?: "unavailable" | "available"
  create?: Error
  prompt?: Error
  says?: string[]
}) {
  const heard: unknown[] = []
  const api: LanguageModelApi = {
    availability: async () => does.availability ?? "available",
    create: async ({ initialPrompts }) => {
      heard.push(initialPrompts)
      if (does.create) throw does.create
      return {
        promptStreaming: (said, { responseConstraint }) => {
          heard.push(said, responseConstraint)
          return new ReadableStream<string>({
            start(controller) {
              for (const text of does.says ?? []) controller.enqueue(text)
              if (does.prompt) controller.error(does.prompt)
              else controller.close()
            },
          })
        },
        destroy: () => {},
      }
    },
  }
  return { api, heard }
}

async function answerOf(model: BrowserModel): Promise<ModelPiece[]> {
  const pieces: ModelPiece[] = []
  for await (const piece of model.ask(request, signal)) pieces.push(piece)
  return pieces
}

test("it hears the rules first, then what was said, and keeps to the schema", async () => {
  const { api, heard } = apiThat({ says: ['{"kind"', ':"answer"}'] })
  expect(await answerOf(new BrowserModel(api))).toEqual([
    { kind: "text", text: '{"kind"' },
    { kind: "text", text: ':"answer"}' },
    { kind: "end", why: "done" },
  ])
  expect(heard).toEqual([
    [{ role: "system", content: "Be brief." }],
    [{ role: "user", content: "buy the dip" }],
    { type: "object" },
  ])
})

test("a browser without a model, or a device too small for it, says what to do instead", async () => {
  expect(await new BrowserModel(undefined).status()).toMatchObject({
    state: "unavailable",
    because: "This browser has no model of its own.",
  })
  const { api } = apiThat({ availability: "unavailable" })
  expect(await new BrowserModel(api).status()).toMatchObject({
    state: "unavailable",
    because: expect.stringContaining("22 GB"),
  })
  await expect(answerOf(new BrowserModel(api))).rejects.toMatchObject({ kind: "noGpu" })
})

test.each([
  ["QuotaExceededError", "contextFull"],
  ["NotAllowedError", "gone"],
  ["NetworkError", "offlineOrBlocked"],
  ["NotSupportedError", "badOutput"],
  ["OperationError", "gone"],
] as const)("a %s is told as %s, with a next step", async (name, kind) => {
  const error = new DOMException("something technical", name)
  for (const does of [{ create: error }, { prompt: error, says: ["half"] }])
    await expect(answerOf(new BrowserModel(apiThat(does).api))).rejects.toMatchObject({
      kind,
      nextStep: expect.stringMatching(/\w{4}/),
    })
})
