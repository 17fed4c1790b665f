import { expect } from "vitest"
import type { StrategyDocument, WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { makeFixed } from "../host/strategy/edit/adjustable.ts"
import { readIdea } from "../host/idea/read-idea.ts"

/** The strategy of a sentence. */
export function described(say: string): StrategyDocument {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  return reply.document
}

/** The strategy that a sentence changes, with plain numbers; every word was read, and something has changed. */
export function changed(say: string, given: StrategyDocument): WrittenStrategy {
  const reply = readIdea(say, { given })
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  expect(reply.changes?.length).toBeGreaterThan(0)
  expect(reply.notUnderstood).toEqual([])
  return Object.keys(reply.document.params).reduce<WrittenStrategy>(makeFixed, reply.document)
}
