import { ModelFailure } from "#models"
import { isStorageFull } from "../../db/unavailable.ts"

/** What a failure of llama.cpp in the browser means to a person. */
export function wllamaFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const kinds = Object.entries(patterns).find(([, pattern]) => pattern.test(message))
  if (kinds) return new ModelFailure(kinds[0] as keyof typeof patterns, words[kinds[0] as keyof typeof patterns])
  if (isStorageFull(error)) return new ModelFailure("quota")
  return new ModelFailure("gone", {
    because: `The model stopped working (${message.slice(0, MOST_LETTERS)}).`,
    nextStep: "Load it again, or choose a smaller file.",
  })
}

const MOST_LETTERS = 160

const patterns = {
  contextFull: /context|kv.?cache|exceed.*n_ctx|too (long|many tokens)/i,
  tooBig: /out of memory|memory access|allocat|oom|array buffer|RangeError/i,
  noGpu: /memory64|jspi|suspending|WebAssembly.*(not supported|unsupported)|CompileError/i,
  badOutput:
    /magic|gguf|invalid (model|file)|unknown model architecture|load.*(failed|error)|failed to load|\(ABORT\)/i,
  offlineOrBlocked: /Failed to fetch|NetworkError|Content Security Policy|blocked/i,
} as const

const words: Record<keyof typeof patterns, { because?: string; nextStep?: string }> = {
  contextFull: {},
  tooBig: {},
  noGpu: {
    because: "This browser cannot run this kind of model: it lacks the newest WebAssembly.",
    nextStep: "Use a recent Chrome, Edge or Firefox, or choose another model.",
  },
  badOutput: {
    because: "This file is no model that can be run here.",
    nextStep: "Choose a file that ends in .gguf, at most 2 GB, for a chat model.",
  },
  offlineOrBlocked: {
    because: "The program that runs this model could not be fetched.",
    nextStep: "Look whether the relay runs and the network is there, then try again.",
  },
}
