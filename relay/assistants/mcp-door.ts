import type { Workbench } from "./workbench.ts"
import { Refusal } from "../door/refusal.ts"

/** Tests run meanwhile, so one that asks more often only waits longer. */
const MOST_AT_ONCE = 8
const AGAIN_IN_S = 5

/** One person's tools, and a signal that ends when nobody waits any more. */
type Answering = { bench: Workbench; signal: AbortSignal }

/**
 * Answers one message of an outside assistant at a time, each by a server of its own: nothing is held between messages,
 * so no conversation can be left open, taken over or used up. The protocol's code is read with the first message.
 */
export class McpDoor {
  #open = 0

  /** Throws a `Refusal` while too many are answered. */
  async answer(request: Request, message: unknown, on: Answering): Promise<Response> {
    if (this.#open >= MOST_AT_ONCE)
      throw new Refusal(
        429,
        "too-many-at-once",
        `${MOST_AT_ONCE} questions of assistants are answered already. Wait.`,
        {
          retryAfterS: AGAIN_IN_S,
        },
      )
    this.#open++
    try {
      return await this.#answer(request, message, on)
    } finally {
      this.#open--
    }
  }

  async #answer(request: Request, message: unknown, { bench, signal }: Answering): Promise<Response> {
    const [{ mcpServer }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
      import("./mcp-server.ts"),
      import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
    ])
    const server = mcpServer(bench)
    const end = () => void server.close()
    signal.addEventListener("abort", end, { once: true })
    try {
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      await server.connect(transport)
      return await Promise.race([transport.handleRequest(request, { parsedBody: message }), ended(signal)])
    } finally {
      signal.removeEventListener("abort", end)
      await server.close()
    }
  }
}

/** Nobody reads the answer any more. */
function ended(signal: AbortSignal): Promise<Response> {
  const gone = new Refusal(503, "stopped", "The relay stops, or nobody waits any more. Nothing was changed.")
  return new Promise((_, reject) => {
    if (signal.aborted) reject(gone)
    signal.addEventListener("abort", () => reject(gone), { once: true })
  })
}
