import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import type { Surroundings } from "../../surroundings.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { noPositionals, readWords, type Command } from "../command.ts"
import { report } from "../answer.ts"
import { type AssistantLine, lineAlone, lineToRelay } from "./mcp-line.ts"

const help = `candlewright mcp

Lets an assistant that speaks the Model Context Protocol draft and test strategies. The assistant starts it and speaks
over stdin and stdout. It has no tool for orders, keys, limits, bots or addresses: what it saves is a draft that you
take, or not.

  In the assistant's settings:   { "mcpServers": { "candlewright": { "command": "candlewright", "args": ["mcp"] } } }
  Over HTTP, while the relay runs: http://127.0.0.1:8787/mcp, with a token of
  \`candlewright tokens create --name assistant --scope research\`

  --data FOLDER   whose drafts and candles: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same. A
                  relay that runs on it does the work; otherwise this command does, on made-up or fetched candles`

/** `candlewright mcp` */
export const mcpCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { data: { type: "string" } })
  noPositionals(positionals)
  const directory = values.data ?? usualDataDirectory()
  const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js")
  const stdio = new StdioServerTransport()
  const line = (await lineToRelay(directory)) ?? (await lineAlone(directory, surroundings))
  await speakUntilClosed(stdio, line)
}

/** Standard input ends when the assistant does. */
async function speakUntilClosed(stdio: Transport, { speaks, close }: AssistantLine): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve)
    process.stdin.once("close", resolve)
    Object.assign(speaks, { onclose: resolve })
  })
  const failed = (error: Error) => report(`${error.message}. If Candlewright was stopped, start this connection anew.`)
  const passTo = (other: Transport) => (message: JSONRPCMessage) => void other.send(message).catch(failed)
  Object.assign(stdio, { onmessage: passTo(speaks) })
  Object.assign(speaks, { onmessage: passTo(stdio) })
  await speaks.start()
  await stdio.start()
  await closed
  await close()
}
