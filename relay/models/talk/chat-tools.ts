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
    isChange
      ? offer(
          "change_strategy",
          "Changes the person's strategy: send the whole of it, changed. It is shown, tested, and used only if the person confirms.",
          strategy,
        )
      : offer(
          "propose_strategy",
          "Proposes a strategy. It is shown, tested, and used only if the person confirms.",
          strategy,
        ),
    ...(tools.backtest && isChange
      ? [offer("run_backtest", "Tests the person's strategy as it is now.", texts())]
      : []),
    ...(tools.explainResult
      ? [offer("explain_result", "The figures of the last test, and what they mean.", texts("about"))]
      : []),
    ...(tools.explainCandle
      ? [
          offer(
            "explain_candle",
            "Why it traded or not at a candle; time as 2026-01-31T10:00Z.",
            texts("market", "time"),
          ),
        ]
      : []),
    ...(tools.compareRuns ? [offer("compare_runs", "Compares two tests by their ids.", texts("first", "second"))] : []),
    ...(tools.listMarkets ? [offer("list_markets", "The markets there are candles of.", texts())] : []),
    offer(
      "ask_user",
      "Asks the one question that decides the rules, or declines what no rule can do.",
      jsonSchemaOf(askShape, flavour),
    ),
  ]
}

function offer(name: ChatToolName, description: string, parameters: JsonSchema): ToolOffer {
  return { name, description, parameters }
}

function texts(...names: string[]): JsonSchema {
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]))
  return { type: "object", properties, required: names, additionalProperties: false }
}
