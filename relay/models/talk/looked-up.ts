import { strategyFromJson, type StrategyDocument } from "#engine/strategy"
import type { ChatToolName, ChatTools, TestFacts } from "./chat-tools.ts"
import { dataBlock } from "./data-block.ts"

type Asked = { tools: ChatTools; given?: StrategyDocument; signal: AbortSignal }

/** What a tool found, as a block of data; a failure is a finding too. */
export async function lookedUp(tool: ChatToolName, values: Record<string, unknown>, asked: Asked): Promise<string> {
  try {
    return dataBlock({ title: tool, text: (await found(tool, values, asked)) ?? "This is not available here." })
  } catch (error) {
    asked.signal.throwIfAborted()
    return dataBlock({ title: `${tool} failed`, text: error instanceof Error ? error.message : String(error) })
  }
}

async function found(
  tool: ChatToolName,
  values: Record<string, unknown>,
  { tools, given, signal }: Asked,
): Promise<string | undefined> {
  const text = (name: string) => (typeof values[name] === "string" ? values[name].slice(0, MOST_LETTERS) : "")
  switch (tool) {
    case "run_backtest": {
      const read = strategyFromJson(given)
      return read.ok && tools.backtest ? testInWords(await tools.backtest(read.strategy, signal)) : undefined
    }
    case "explain_result":
      return tools.explainResult?.(text("about"), signal)
    case "explain_candle":
      return tools.explainCandle?.({ market: text("market"), time: text("time") }, signal)
    case "compare_runs":
      return tools.compareRuns?.({ first: text("first"), second: text("second") }, signal)
    case "list_markets":
      return (await tools.listMarkets?.(signal))?.slice(0, MOST_MARKETS).join(", ")
    default:
      return undefined
  }
}

const MOST_LETTERS = 200
const MOST_MARKETS = 200

function testInWords(test: TestFacts): string {
  if (!test.ok) return test.because
  return `${test.tradeCount} trades. ${test.words}${test.neverHeld?.length ? ` Never held: ${test.neverHeld.join("; ")}.` : ""}`
}
