import type { StrategyDocument } from "#engine/strategy"
import { askShape, jsonSchemaOf, proposalShape, type SchemaFlavour } from "#engine/idea"
import type { JsonSchema, ToolOffer } from "../provider.ts"

/** All that a model may ever do: draft, test and read. Nothing here places orders, touches keys or limits, or opens an address. */
export const chatToolNames = [
  "propose_strategy",
  "change_strategy",
  "run_backtest",
  "explain_result",
  "explain_candle",
  "compare_runs",
  "list_markets",
  "ask_user",
] as const
export type ChatToolName = (typeof chatToolNames)[number]

/** What each tool is for, for whoever calls it: a model in a talk, or an assistant outside that speaks MCP. */
export const toolWords = {
  propose_strategy: "Proposes a strategy. It is shown, tested, and used only if the person confirms.",
  change_strategy:
    "Changes the person's strategy: send the whole of it, changed. It is shown, tested, and used only if the person confirms.",
  run_backtest: "Tests the person's strategy as it is now.",
  explain_result: "The figures of a test, and what they mean.",
  explain_candle: "Why a test did, or did not, trade at a candle; time as 2026-01-31T10:00Z.",
  compare_runs: "Compares two tests by their ids.",
  list_markets: "The markets there are candles of.",
  ask_user: "Asks the one question that decides the rules, or declines what no rule can do.",
} as const satisfies Record<ChatToolName, string>

/** What a test of a strategy found, in our own words and numbers. */
export type TestFacts =
  | {
      ok: true
      tradeCount: number
      words: string
      /** Conditions that were never met, as formulas, where it never traded. */
      neverHeld?: readonly string[]
    }
  | { ok: false; because: string }

/** What the loop may ask of the program around it. All of it only reads. What is left out is not there. */
export interface ChatTools {
  backtest?(document: StrategyDocument, signal: AbortSignal): Promise<TestFacts>
  explainResult?(about: string, signal: AbortSignal): Promise<string>
  explainCandle?(place: { market: string; time: string }, signal: AbortSignal): Promise<string>
  compareRuns?(runs: { first: string; second: string }, signal: AbortSignal): Promise<string>
  listMarkets?(signal: AbortSignal): Promise<readonly string[]>
}

/** The tools to offer: those that the program has, and one way to write a strategy. */
export function offeredTools(
  tools: ChatTools,
  { isChange, flavour }: { isChange: boolean; flavour: SchemaFlavour },
): ToolOffer[] {
  const strategy = jsonSchemaOf(proposalShape, flavour)
  return [
    offer(isChange ? "change_strategy" : "propose_strategy", strategy),
    ...(tools.backtest && isChange ? [offer("run_backtest", texts())] : []),
    ...(tools.explainResult ? [offer("explain_result", texts("about"))] : []),
    ...(tools.explainCandle ? [offer("explain_candle", texts("market", "time"))] : []),
    ...(tools.compareRuns ? [offer("compare_runs", texts("first", "second"))] : []),
    ...(tools.listMarkets ? [offer("list_markets", texts())] : []),
    offer("ask_user", jsonSchemaOf(askShape, flavour)),
  ]
}

function offer(name: ChatToolName, parameters: JsonSchema): ToolOffer {
  return { name, description: toolWords[name], parameters }
}

function texts(...names: string[]): JsonSchema {
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]))
  return { type: "object", properties, required: names, additionalProperties: false }
}
