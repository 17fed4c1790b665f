import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { modelHostOf, OpenAiProvider } from "#models"
import {
  calls,
  type HeardRequest,
  type ModelServer,
  says,
  startModelServer,
  status,
} from "../relay/models/testing/model-server.ts"
import { scriptedIdeas } from "../relay/models/testing/scripted-ideas.ts"
import { VirtualWorld } from "../relay/models/testing/virtual-world.ts"
import { ideaSetIn } from "./eval-ideas.ts"
import { evaluate } from "./eval-run.ts"
import { evalTable } from "./eval-table.ts"
import { projectPath } from "./project-path.ts"

// A model that knows the answers must reach all of them: whatever it misses, our schema or our loop cannot say.

const set = await ideaSetIn(projectPath("../shared/vectors"))
if (set === undefined) console.warn("Skipped: the ideas are not here (../shared/vectors).")

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer({ script: (request) => answerTo(request) })
})
afterAll(() => server.close())

/** The answer to the idea whose words are in the request, in the wire form of the request. */
function answerTo({ body }: HeardRequest) {
  const said = (body.messages ?? []).filter(({ role }) => role === "user").map(({ content }) => content)
  const idea = set?.ideas.find(({ say }) =>
    said.some((text) => text === say || text.startsWith(`${say.split("\n")[0]}\n<data`)),
  )
  const answer = idea && scriptedIdeas[idea.id]
  if (answer === undefined) return status(404, "no such idea")
  const { kind, text, topic = "none", reason = "none", strategy } = answer
  if (body.tools === undefined)
    return says(JSON.stringify({ kind, text, topic, reason, choices: [], strategy: strategy ?? {} }))
  if (kind !== "strategy") return calls({ name: "ask_user", arguments: { text, topic, reason, choices: [] } })
  const [first] = body.tools as { function: { name: string } }[]
  return calls({ name: first.function.name, arguments: { text, strategy } })
}

describe.skipIf(set === undefined)("a model that knows the answers", () => {
  test.each(["envelope", "tools"] as const)("passes every idea by %s", async (wire) => {
    const host = { ...modelHostOf("openai"), baseUrl: server.baseUrl }
    const provider = new OpenAiProvider({ host, model: "gpt-6-luna", key: "k", fetch, facts: { wire } })
    const judged = await evaluate({ set: set!, provider, world: new VirtualWorld() })
    expect(judged.filter(({ why }) => why.length > 0).map(({ idea, why }) => `${idea.id}: ${why.join(" · ")}`)).toEqual(
      [],
    )
    expect(judged).toHaveLength(set!.ideas.length)
    const table = evalTable(judged)
    expect(table).toContain(`| all | ${judged.length} | ${judged.length} | 100 |`)
    expect(table).toMatch(/Tokens in \d+, out \d+; cost \$0\.\d+; latency median/)
  })
})

test.skipIf(set === undefined)("without a model our own reading passes every idea", async () => {
  const judged = await evaluate({ set: set!, world: new VirtualWorld() })
  expect(judged.filter(({ why }) => why.length > 0).map(({ idea, why }) => `${idea.id}: ${why.join(" · ")}`)).toEqual(
    [],
  )
})
