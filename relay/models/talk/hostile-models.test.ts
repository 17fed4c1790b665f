import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Reply } from "#engine/idea"
import { modelHostOf } from "../openai/model-host.ts"
import { OpenAiProvider } from "../openai/openai-provider.ts"
import { type HostileCase, hostileCases } from "../testing/hostile-models.ts"
import { type ModelServer, startModelServer, type ServersAct } from "../testing/model-server.ts"
import { deskIn, openReading, talked } from "../testing/talking.ts"
import { VirtualWorld } from "../testing/virtual-world.ts"
import type { ChatTools } from "./chat-tools.ts"
import type { TalkEvent } from "./talk.ts"

// A real server on this computer that does all that models and strangers may do: nothing changes, and a person
// reads one clear sentence.

let server: ModelServer
let script: ServersAct[] = []

beforeAll(async () => {
  server = await startModelServer({ script: () => (script.length > 1 ? script.shift()! : script[0]) })
})
afterAll(() => server.close())

const anything = /^/
const nothing = /(?!)/
const all = Object.values(hostileCases).flat()

test("there are more than eighty cases, each with a name of its own", () => {
  expect(all.length).toBeGreaterThanOrEqual(80)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})

describe.each(Object.entries(hostileCases))("%s", (_, cases) => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (_name, hostile) => {
    const looked: string[] = []
    const { last, events } = await meet(hostile, looked)
    const shown = shownTo(last)
    expect(last.kind === "reply" ? last.result.reply.kind : last.kind, shown).toBe(hostile.ends)
    expect(shown.replace(/\s/g, "").length).toBeGreaterThan(1)
    expect(shown.length).toBeLessThan(3_000)
    expect(shown).toMatch(hostile.says ?? anything)
    expect([shown, ...spoken(events)].join("\n")).not.toMatch(hostile.neverSays ?? nothing)
    expect(last.kind === "reply" ? JSON.stringify(last.result.reply) : "").toMatch(hostile.has ?? anything)
    expect(last.kind === "failed" ? last.because : "Nothing was changed.").toMatch(/Nothing was changed\./)
    // All that any model has ever reached is what only reads.
    expect(looked.filter((tool) => tool !== "backtest" && tool !== "listMarkets")).toEqual([])
    expect("isAdmin" in {}).toBe(false)
  })
})

async function meet(hostile: HostileCase, looked: string[]) {
  script = [...hostile.script]
  const world = new VirtualWorld()
  const wire = hostile.hasTools ? "tools" : "envelope"
  const host = { ...modelHostOf("openai"), baseUrl: server.baseUrl }
  const provider = new OpenAiProvider({ host, model: "gpt-6-luna", key: "sk-test", fetch, facts: { wire } })
  const say = hostile.about?.say ?? "buy the dip"
  const asked = talked([provider], {
    ...hostile.about,
    say,
    reading: readingOf(say),
    desk: deskIn(world).desk,
    tools: toolsIn(looked),
  })
  if (hostile.waitsMs !== undefined) await silence(world, hostile.waitsMs)
  // A server that fails in passing is asked again a little later.
  return waitingThrough(world, asked)
}

/** The interpreter leaves all of it to the model. */
function readingOf(say: string): Reply {
  return openReading(say)
}

function toolsIn(looked: string[]): ChatTools {
  const note = (tool: string) => void looked.push(tool)
  return {
    backtest: async () => (note("backtest"), { ok: true, tradeCount: 7, words: "Tested." }),
    listMarkets: async () => (note("listMarkets"), ["BTC/USDT"]),
  }
}

/** Lets the time of a silent server pass once it has been asked. */
async function silence(world: VirtualWorld, ms: number) {
  const before = server.heard.length
  while (server.heard.length === before || world.nextInMs === undefined)
    await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  world.pass(ms)
}

/** What a server has sent before it falls silent must have come. */
const QUIET_MS = 50

/** Passes the short waits between tries as they come. */
async function waitingThrough<Value>(world: VirtualWorld, promise: Promise<Value>): Promise<Value> {
  let isOver = false
  const over = promise.finally(() => (isOver = true))
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    if (world.nextInMs !== undefined && world.nextInMs < BETWEEN_TRIES_MS) world.pass(world.nextInMs)
  }
  return over
}

const BETWEEN_TRIES_MS = 30_000

function shownTo(event: TalkEvent): string {
  if (event.kind === "failed") return event.because
  if (event.kind !== "reply") return ""
  const { reply, pointedOut } = event.result
  return [reply.text, ...reply.assumptions, ...reply.notPossible, ...pointedOut].join("\n")
}

function spoken(events: TalkEvent[]): string[] {
  return events.flatMap((event) => (event.kind === "speaking" ? [event.text] : []))
}
