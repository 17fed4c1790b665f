import type { StrategyReply } from "#engine/idea"
import type { ModelMessage, ModelPiece } from "../provider.ts"
import type { TestFacts } from "../talk/chat-tools.ts"
import type { TalkResult } from "../talk/talk.ts"
import type { ScriptedProvider } from "./scripted-provider.ts"
import type { Talked } from "./talking.ts"

/** Calls of tools, and the end of the answer. */
export const calling = (...all: [name: string, values: unknown][]): ModelPiece[] => [
  ...all.map(
    ([name, values], index) =>
      ({
        kind: "call",
        index,
        id: `c${index}`,
        name,
        argumentsText: typeof values === "string" ? values : JSON.stringify(values),
      }) as const,
  ),
  { kind: "end", why: "done" },
]
/** A model that calls tools. */
export const withTools = { wire: "tools" } as const
/** What a test came to. */
export const trades = (tradeCount: number, more: Partial<Extract<TestFacts, { ok: true }>> = {}): TestFacts => ({
  ok: true,
  tradeCount,
  words: "Tested.",
  ...more,
})

/** The reply of a talk; throws what else it ended with. */
export function resultOf({ last }: Talked): TalkResult {
  if (last.kind !== "reply") throw new Error(JSON.stringify(last))
  return last.result
}
/** The strategy it ended with. */
export const strategyOf = (talk: Talked) => resultOf(talk).reply as StrategyReply
/** What a model heard at one call. */
export const toldTo = (provider: ScriptedProvider, call: number): ModelMessage[] => [...provider.heard[call].messages]
/** The last thing it heard. */
export const lastTold = (provider: ScriptedProvider) => toldTo(provider, provider.heard.length - 1).at(-1)!.text
