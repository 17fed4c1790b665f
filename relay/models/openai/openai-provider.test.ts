import { afterEach, describe, expect, test } from "vitest"
import { boundedAnswer } from "../bounded-answer.ts"
import { ModelFailure } from "../model-failure.ts"
import type { ModelPiece, ModelRequest } from "../provider.ts"
import {
  calls,
  chunk,
  jsonAct,
  type ModelServer,
  page,
  says,
  type ServersAct,
  startModelServer,
  status,
  streams,
  streamsBytes,
} from "../testing/model-server.ts"
import { VirtualWorld } from "../testing/virtual-world.ts"
import { modelHostAt, modelHostOfAt, modelHostOf, modelHosts, type ModelHost, type ModelHostId } from "./model-host.ts"
import { OpenAiProvider } from "./openai-provider.ts"

let server: ModelServer | undefined
afterEach(() => server?.close())

const schema = { type: "object", properties: {}, required: [], additionalProperties: false }
const tool = { name: "propose_strategy", description: "Proposes one.", parameters: schema }
const request: ModelRequest = {
  messages: [
    { role: "system", text: "rules" },
    { role: "user", text: "buy the dip" },
  ],
  answer: { kind: "text" },
  mostOutputTokens: 800,
}

async function provider(script: ServersAct[], id: ModelHostId = "openai", key = "sk-test") {
  server = await startModelServer({ script })
  const host: ModelHost = { ...modelHostOf(id), baseUrl: server.baseUrl }
  return new OpenAiProvider({ host, model: "m", key, fetch })
}

async function answerOf(asked: OpenAiProvider, changes: Partial<ModelRequest> = {}, world = new VirtualWorld()) {
  const pieces: ModelPiece[] = []
  const signal = new AbortController().signal
  for await (const piece of boundedAnswer({ provider: asked, request: { ...request, ...changes }, world, signal }))
    pieces.push(piece)
  return pieces
}

const failureOf = (asked: OpenAiProvider, changes?: Partial<ModelRequest>) =>
  answerOf(asked, changes).then(
    () => undefined,
    (error: unknown) => error as ModelFailure,
  )

const textOf = (pieces: ModelPiece[]) => pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")

test("an answer comes in pieces, with what it cost in tokens, and its end", async () => {
  const pieces = await answerOf(await provider([says("Buy when the price falls 5 % under its average.")]))
  expect(textOf(pieces)).toBe("Buy when the price falls 5 % under its average.")
  expect(pieces.length).toBeGreaterThan(3)
  const usage = { uncached: 500, cachedRead: 1000, cachedWrite: 0, output: 700 }
  expect(pieces.slice(-2)).toEqual([
    { kind: "usage", usage },
    { kind: "end", why: "done" },
  ])
})

test("only what a server must know leaves this computer: no library's headers, no sampling, no forced tool", async () => {
  await answerOf(await provider([says("x")]), { answer: { kind: "tools", tools: [tool] } })
  const { headers, body, path } = server!.heard[0]
  const transport = [
    "host",
    "connection",
    "content-length",
    "accept-language",
    "sec-fetch-mode",
    "user-agent",
    "accept-encoding",
  ]
  expect(
    Object.keys(headers)
      .filter((name) => !transport.includes(name))
      .toSorted(),
  ).toEqual(["accept", "authorization", "content-type"])
  expect(path).toBe("/v1/chat/completions")
  expect(Object.keys(body).toSorted()).toEqual([
    "max_completion_tokens",
    "messages",
    "model",
    "stream",
    "stream_options",
    "tools",
  ])
})

test("without a key none is sent", async () => {
  await answerOf(await provider([says("x")], "ollama", ""))
  expect(server!.heard[0].headers.authorization).toBeUndefined()
})

test("a call of a tool comes with its name once and its arguments in pieces", async () => {
  const asked = await provider([
    calls({ name: "propose_strategy", arguments: { plan: "RSI under 30" } }, { name: "list_markets", arguments: {} }),
  ])
  const pieces = await answerOf(asked, { answer: { kind: "tools", tools: [tool] } })
  const fragments = pieces.filter((piece) => piece.kind === "call")
  expect(fragments.filter(({ name }) => name !== undefined).map(({ index, name }) => [index, name])).toEqual([
    [0, "propose_strategy"],
    [1, "list_markets"],
  ])
  const written = fragments
    .filter(({ index }) => index === 0)
    .map(({ argumentsText }) => argumentsText)
    .join("")
  expect(JSON.parse(written)).toEqual({ plan: "RSI under 30" })
})

describe("each host is spoken to in its own dialect", () => {
  const envelope = { answer: { kind: "envelope", schema } } as const

  test.each([
    ["openai", { type: "json_schema", json_schema: { name: "answer", schema, strict: true } }],
    ["anthropic", undefined],
    ["deepseek", { type: "json_object" }],
    ["gemini", { type: "json_schema", json_schema: { name: "answer", schema } }],
    ["ollama", { type: "json_schema", json_schema: { name: "answer", schema, strict: true } }],
  ] as const)("%s is asked for an object its own way", async (id, format) => {
    await answerOf(await provider([says("{}")], id), envelope)
    expect(server!.heard[0].body.response_format).toEqual(format)
  })

  test("Anthropic's door for browsers is opened with its own header", async () => {
    await answerOf(await provider([says("x")], "anthropic"))
    expect(server!.heard[0].headers["anthropic-dangerous-direct-browser-access"]).toBe("true")
  })

  test.each([
    [
      "openai",
      { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 60 } },
      [40, 60, 0, 7],
    ],
    [
      "anthropic",
      { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 60 } },
      [100, 0, 0, 7],
    ],
    [
      "deepseek",
      { prompt_tokens: 100, completion_tokens: 7, prompt_cache_hit_tokens: 90, prompt_cache_miss_tokens: 10 },
      [10, 90, 0, 7],
    ],
    [
      "openrouter",
      {
        prompt_tokens: 100,
        completion_tokens: 7,
        prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 30 },
      },
      [50, 20, 30, 7],
    ],
    ["mistral", { prompt_tokens: -5, completion_tokens: "7", prompt_tokens_details: null }, [0, 0, 0, 0]],
  ] as const)("what %s reports becomes four counts", async (id, usage, [uncached, cachedRead, cachedWrite, output]) => {
    const pieces = await answerOf(await provider([says("x", { ...usage })], id))
    expect(pieces.find((piece) => piece.kind === "usage")).toMatchObject({
      usage: { uncached, cachedRead, cachedWrite, output },
    })
  })

  test("OpenRouter's own price is taken as it says", async () => {
    const pieces = await answerOf(
      await provider([says("x", { prompt_tokens: 1, completion_tokens: 1, cost: 0.000_12 })], "openrouter"),
    )
    expect(pieces.find((piece) => piece.kind === "usage")).toMatchObject({ costMicroDollars: 120 })
  })

  test("Groq's report inside its own field is found", async () => {
    const own = { ...chunk({}, "stop"), x_groq: { usage: { prompt_tokens: 5, completion_tokens: 6 } } }
    const pieces = await answerOf(await provider([streams([chunk({ content: "x" }), own])], "groq"))
    expect(pieces.find((piece) => piece.kind === "usage")).toMatchObject({ usage: { uncached: 5, output: 6 } })
  })

  test("an address finds its host; an unknown one is a company or a computer at home", () => {
    expect(
      modelHosts.filter(({ baseUrl }) => baseUrl !== "").every((host) => modelHostAt(host.baseUrl).id === host.id),
    ).toBe(true)
    expect(modelHostAt("https://llm.example.com/v1")).toMatchObject({ id: "other", place: "hosted" })
    expect(modelHostAt("http://192.168.1.7:8080/v1")).toMatchObject({ id: "other", place: "ownServer" })
    // A public address costs what nobody has told us, and an address goes by its own name.
    expect(modelHostOfAt("other", "https://llm.example.com/v1")).toMatchObject({
      name: "llm.example.com",
      place: "hosted",
    })
    expect(modelHostOfAt("other", "http://127.0.0.1:9/v1")).toMatchObject({ name: "127.0.0.1:9", place: "ownServer" })
  })
})

describe("a field that a server does not know is left out once", () => {
  test.each([
    ["stream_options", "Unknown field: stream_options", "stream_options"],
    ["max_completion_tokens", "Unsupported parameter: 'max_completion_tokens'", "max_completion_tokens"],
    ["response_format", "response_format is not supported by this model", "response_format"],
  ])("%s", async (_, message, field) => {
    const asked = await provider([status(400, message, { param: field }), says("{}"), says("{}")])
    const envelope = { answer: { kind: "envelope", schema } } as const
    await answerOf(asked, envelope)
    await answerOf(asked, envelope)
    const sent = server!.heard.map(({ body }) => field in body)
    expect(sent).toEqual([true, false, false])
    expect(server!.heard.map(({ body }) => body.max_tokens ?? body.max_completion_tokens)).toEqual([800, 800, 800])
  })

  test("and not twice in one call: a server that refuses everything is heard", async () => {
    const asked = await provider([status(400, "no stream_options"), status(400, "no max_completion_tokens")])
    expect((await failureOf(asked))?.kind).toBe("badOutput")
    expect(server!.heard).toHaveLength(2)
  })
})

describe("what a model thinks is counted and never shown", () => {
  test.each([
    ["in its own field", [chunk({ reasoning_content: "secret" }), chunk({ content: "Buy." })]],
    ["in the field of others", [chunk({ reasoning: "secret" }), chunk({ content: "Buy." })]],
    [
      "in a list of parts",
      [
        chunk({
          content: [
            { type: "thinking", thinking: "secret" },
            { type: "text", text: "Buy." },
          ],
        }),
      ],
    ],
    ["between marks in the text", [chunk({ content: "<think>secret</think>Buy." })]],
    [
      "between marks that come in pieces",
      ["<th", "ink>sec", "ret</thi", "nk>", "Buy."].map((content) => chunk({ content })),
    ],
  ])("%s", async (_, chunks) => {
    const pieces = await answerOf(await provider([streams([...chunks, chunk({}, "stop")])]))
    expect(textOf(pieces)).toBe("Buy.")
    expect(pieces.some((piece) => piece.kind === "thinking" && piece.letters > 0)).toBe(true)
  })

  test("where only the closing mark comes, what was said before is taken back", async () => {
    const pieces = await answerOf(
      await provider([streams([chunk({ content: "secret" }), chunk({ content: "</think>Buy." }), chunk({}, "stop")])]),
    )
    const at = pieces.findIndex((piece) => piece.kind === "retract")
    expect(textOf(pieces.slice(at))).toBe("Buy.")
  })

  test("a letter < alone is text", async () => {
    const pieces = await answerOf(
      await provider([streams([chunk({ content: "rsi <" }), chunk({ content: " 30 <" }), chunk({}, "stop")])]),
    )
    expect(textOf(pieces)).toBe("rsi < 30 <")
  })
})

describe("a server that does not stream, or streams oddly, is understood", () => {
  test("an answer in one piece", async () => {
    const whole = {
      choices: [{ message: { role: "assistant", content: "Buy." }, finish_reason: "stop" }],
      usage: { prompt_tokens: 3, completion_tokens: 2 },
    }
    const pieces = await answerOf(await provider([jsonAct(200, whole)]))
    expect(textOf(pieces)).toBe("Buy.")
    expect(pieces.at(-1)).toEqual({ kind: "end", why: "done" })
  })

  test("letters whose bytes are torn apart", async () => {
    const bytes = new TextEncoder().encode(
      `data: ${JSON.stringify(chunk({ content: "止损 3 % 🙂" }))}\n\ndata: ${JSON.stringify(chunk({}, "stop"))}\n\ndata: [DONE]\n\n`,
    )
    const pieces = await answerOf(await provider([streamsBytes(Array.from(bytes, (byte) => Uint8Array.of(byte)))]))
    expect(textOf(pieces)).toBe("止损 3 % 🙂")
  })
})

test("every failure of a server has one kind and a sentence that says what to do", async () => {
  const cases: [string, ServersAct, ModelFailure["kind"], RegExp][] = [
    ["wrong key", status(401, "Incorrect API key provided: sk-test"), "badKey", /Copy the key again/],
    ["key without rights", status(403, "Country not supported"), "badKey", /another model, or a key with more rights/],
    ["no credit", status(402, "Insufficient Balance"), "noCredit", /Top it up/],
    [
      "no quota",
      status(429, "You exceeded your current quota", { code: "insufficient_quota" }),
      "noCredit",
      /Top it up/,
    ],
    ["too often", status(429, "slow down", { headers: { "retry-after": "7" } }), "rateLimited", /Wait a little/],
    ["no such model", status(404, "The model m does not exist"), "gone", /Choose another model/],
    ["its own fault", status(500, "oops"), "gone", /in a moment/],
    ["a fault with a page", page(502), "gone", /in a moment/],
    ["a page", page(200), "badOutput", /ends in \/v1/],
    [
      "too long",
      status(400, "This model's maximum context length is 4096 tokens", { code: "context_length_exceeded" }),
      "contextFull",
      /Start a new conversation/,
    ],
    ["refused", streams([chunk({ refusal: "I can't help" }), chunk({}, "stop")]), "refused", /other words/],
    ["not JSON", streamsBytes(["data: {broken\n\n"]), "badOutput", /Try again/],
    [
      "an error inside the stream",
      streams([chunk({ content: "Bu" }), { error: { message: "overloaded", code: 529 } }]),
      "gone",
      /in a moment/,
    ],
    [
      "cut in the middle",
      streamsBytes([`data: ${JSON.stringify(chunk({ content: "Bu" }))}\n\n`], "cut"),
      "cutShort",
      /Try again/,
    ],
    [
      "cut before its first word was whole",
      streamsBytes(['data: {"choices":[{"delta":{"con'], "cut"),
      "cutShort",
      /broke off/,
    ],
    ["an end without a word of it", streams([chunk({ content: "Bu" })]), "cutShort", /Try again/],
    ["nothing at all", streamsBytes([]), "cutShort", /answered nothing/],
    ["a line that never ends", streamsBytes(["data: ", "x".repeat(600_000)]), "badOutput", /far longer/],
    [
      "an answer that never ends",
      streams([...Array.from({ length: 70 }, () => chunk({ content: "x".repeat(1000) })), chunk({}, "stop")]),
      "badOutput",
      /longer than any useful/,
    ],
  ]
  for (const [name, act, kind, words] of cases) {
    const failure = await failureOf(await provider([act]))
    expect(failure, name).toBeInstanceOf(ModelFailure)
    expect(failure!.kind, name).toBe(kind)
    expect(failure!.message, name).toMatch(words)
    expect(failure!.message, name).toMatch(/Nothing was changed\./)
    await server!.close()
  }
})

test("the wait that a server asks for is kept", async () => {
  const failure = await failureOf(await provider([status(429, "slow down", { headers: { "retry-after": "7" } })]))
  expect(failure).toMatchObject({ retryAfterMs: 7_000, isPassing: true })
})

test("no connection, and a page that may not ask, are one sentence with all the causes", async () => {
  const host = { ...modelHostOf("openai"), baseUrl: "http://127.0.0.1:9/v1" }
  const unreachable = await failureOf(new OpenAiProvider({ host, model: "m", key: "k", fetch }))
  expect(unreachable).toMatchObject({ kind: "offlineOrBlocked" })
  expect(unreachable!.message).toMatch(/asked too often.*relay/)
  const ollama = { ...modelHostOf("ollama"), baseUrl: "http://127.0.0.1:9/v1" }
  expect((await failureOf(new OpenAiProvider({ host: ollama, model: "m", key: "", fetch })))!.message).toMatch(
    /OLLAMA_ORIGINS/,
  )
})

test("a model that says nothing for a minute is not waited for, and one that is stopped stops", async () => {
  const world = new VirtualWorld()
  const silent = await provider([streamsBytes([`data: ${JSON.stringify(chunk({ content: "Bu" }))}\n\n`], "open")])
  const pieces = boundedAnswer({ provider: silent, request, world, signal: new AbortController().signal })[
    Symbol.asyncIterator
  ]()
  await pieces.next()
  const next = pieces.next()
  world.pass(61_000)
  await expect(next).rejects.toMatchObject({
    kind: "cutShort",
    message: expect.stringContaining("60 seconds") as string,
  })
  await server!.close()

  const stopping = new AbortController()
  const asked = await provider([streamsBytes([`data: ${JSON.stringify(chunk({ content: "Bu" }))}\n\n`], "open")])
  const stopped = boundedAnswer({ provider: asked, request, world, signal: stopping.signal })[Symbol.asyncIterator]()
  await stopped.next()
  const last = stopped.next()
  stopping.abort(new Error("the person stopped it"))
  await expect(last).rejects.toThrow("the person stopped it")
  expect(world.waiting).toBe(0)
})

test("a host without its key says where one is made; with it, the list of its models comes from the server", async () => {
  const withoutKey = await provider([], "openai", "")
  expect(await withoutKey.status()).toMatchObject({
    state: "unavailable",
    nextStep: expect.stringContaining("platform.openai.com") as string,
  })
  server = await startModelServer({ script: [], models: ["a", "b"] })
  const host = { ...modelHostOf("openai"), baseUrl: server.baseUrl }
  const models = await new OpenAiProvider({ host, model: "m", key: "k", fetch }).models(new AbortController().signal)
  expect(models).toEqual(["a", "b"])
})

test("a server that sends us elsewhere is not followed", async () => {
  const asked = await provider([(answer) => void answer.writeHead(307, { location: "http://127.0.0.1:9/" }).end()])
  expect((await failureOf(asked))?.kind).toBe("offlineOrBlocked")
  expect(server!.heard).toHaveLength(1)
})
