import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"
import * as z from "zod"
import { plainLines } from "#engine/candles"
import { Refusal } from "../door/refusal.ts"
import { ownVersion } from "../own-version.ts"
import type { AssistantTool } from "./assistant-tool.ts"
import { draftTools } from "./draft-tools.ts"
import { testTools } from "./test-tools.ts"
import { NotDone, type Workbench } from "./workbench.ts"

/** All that an outside assistant can do, on whichever line it speaks. A law says what is never among it. */
export const assistantTools: Readonly<Record<string, AssistantTool>> = { ...draftTools, ...testTools }

/** Longer answers crowd out what an assistant knows. */
const MOST_ANSWER_BYTES = 32 * 1024

/** A server of one conversation over these tools. */
export function mcpServer(bench: Workbench): McpServer {
  const server = new McpServer(
    { name: "candlewright", version: ownVersion() },
    {
      instructions: "Drafts and tests trading strategies; a person decides, and nothing here trades. Call guide first.",
    },
  )
  for (const [name, { description, input, run }] of Object.entries(assistantTools))
    server.registerTool(
      name,
      // What a tool does not take is refused by its name: left out in silence, it would seem to have counted.
      {
        description,
        inputSchema: z.strictObject(input),
        annotations: { readOnlyHint: name !== "save_draft", destructiveHint: false },
      },
      async (given: Record<string, unknown>, { signal }: { signal: AbortSignal }) =>
        told(() => run(bench, given, signal)),
    )
  return server
}

type Told = { content: { type: "text"; text: string }[]; isError?: true }

async function told(act: () => unknown): Promise<Told> {
  try {
    const text = JSON.stringify(await act())
    if (Buffer.byteLength(text) <= MOST_ANSWER_BYTES) return { content: [{ type: "text", text }] }
    return failed(`The answer is larger than ${MOST_ANSWER_BYTES / 1024} kB. Ask for less, such as fewer markets.`)
  } catch (error) {
    if (error instanceof NotDone || error instanceof Refusal) return failed(error.message)
    throw error
  }
}

function failed(sentence: string): Told {
  return { content: [{ type: "text", text: plainLines(sentence) }], isError: true }
}
