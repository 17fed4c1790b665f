import { parseArgs } from "node:util"
import { modelAddressFrom, modelHostAt, OpenAiProvider } from "#models"
import { realSurroundings } from "../relay/surroundings.ts"
import { ideaSetIn } from "./eval-ideas.ts"
import { evaluate } from "./eval-run.ts"
import { evalTable } from "./eval-table.ts"
import { projectPath } from "./project-path.ts"

const help = `npm run chat:eval -- --interpreter | --base-url URL --model NAME […]

Puts the ideas of a folder to the interpreter, or to a model, and prints the score by tag and language.

  --interpreter        our own reading, without a model
  --base-url URL       a server that speaks OpenAI's protocol, such as http://localhost:11434/v1
  --model NAME         the model, as the server calls it; its key is read from MODEL_KEY
  --wire envelope|tools   how it answers; what suits the server unless said
  --as-in-chat         the interpreter first, the model for what it leaves open
  --ideas DIR          ideas.json and ideas-check.mjs; ../shared/vectors unless said
  --candles FILE       1h candles: rules are also compared candle by candle, with the built command
  --json               each reply and its judgement as JSON`

const { values } = parseArgs({
  options: {
    interpreter: { type: "boolean" },
    "base-url": { type: "string" },
    model: { type: "string" },
    wire: { type: "string" },
    "as-in-chat": { type: "boolean" },
    ideas: { type: "string" },
    candles: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean" },
  },
})

const { "base-url": baseUrl, model } = values
if (values.help || (!values.interpreter && (baseUrl === undefined || model === undefined))) {
  console.log(help)
  process.exitCode = values.help ? 0 : 2
} else {
  try {
    await run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

async function run(): Promise<void> {
  const folder = values.ideas ?? projectPath("../shared/vectors")
  const set = await ideaSetIn(folder)
  if (set === undefined) return console.error(`Skipped: there are no ideas in ${folder} (ideas.json, ideas-check.mjs).`)
  const command = [process.execPath, projectPath("build/candlewright.mjs")]
  const compare = values.candles === undefined ? undefined : set.comparer(command, values.candles)
  const provider = values.interpreter ? undefined : providerAt(baseUrl!, model!)
  const judged = await evaluate({
    set,
    provider,
    compare,
    world: realSurroundings(),
    isAsInChat: values["as-in-chat"],
    onJudged: ({ idea, why }) => console.error(`${idea.id} ${why.length === 0 ? "passed" : why.join(" · ")}`),
  })
  console.log(values.json ? JSON.stringify(judged, null, 1) : evalTable(judged))
}

function providerAt(typed: string, name: string): OpenAiProvider {
  const address = modelAddressFrom(typed)
  if (!address.ok) throw new Error(address.because)
  const { wire } = values
  if (wire !== undefined && wire !== "envelope" && wire !== "tools") throw new Error("--wire is envelope or tools.")
  const host = modelHostAt(address.baseUrl)
  return new OpenAiProvider({ host, model: name, key: process.env.MODEL_KEY ?? "", fetch, facts: wire && { wire } })
}
