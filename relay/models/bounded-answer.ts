import { MINUTE_MS } from "#engine/candles"
import { ModelFailure } from "./model-failure.ts"
import type { ModelPiece, ModelProvider, ModelRequest } from "./provider.ts"
import { withoutReasoning } from "./reasoning.ts"
import type { ModelWorld } from "./world.ts"

/** What no answer exceeds. Lengths in UTF-16 characters. */
export const answerLimits = {
  /** Without any sign of life. */
  silenceMs: 60_000,
  wholeMs: 600_000,
  replyCharacters: 65_536,
  thoughtCharacters: 1_048_576,
  calls: 16,
} as const

type Asked = { provider: ModelProvider; request: ModelRequest; world: ModelWorld; signal: AbortSignal }

/**
 * A provider's answer within limits of time and length and without what the model thought aloud. It ends with `end`,
 * or throws: a `ModelFailure`, or the signal's reason.
 */
export async function* boundedAnswer({ provider, request, world, signal }: Asked): AsyncIterable<ModelPiece> {
  signal.throwIfAborted()
  const own = new AbortController()
  const stop = () => own.abort(signal.reason)
  signal.addEventListener("abort", stop, { once: true })
  const pieces = withoutReasoning(provider.ask(request, own.signal))[Symbol.asyncIterator]()
  const bounds = new Bounds()
  const endsAtMs = world.nowMs() + answerLimits.wholeMs
  let hasEnded = false
  try {
    while (true) {
      const leftMs = endsAtMs - world.nowMs()
      const next = await withinTime(pieces.next(), { leftMs, world, signal })
      if (next.done) break
      bounds.count(next.value)
      hasEnded = next.value.kind === "end"
      if (next.value.kind === "end") refuseUnfinished(next.value.why)
      yield next.value
      if (hasEnded) return
    }
  } finally {
    signal.removeEventListener("abort", stop)
    if (!hasEnded) own.abort()
    // A stream that hangs never returns; nobody waits for it.
    pieces.return?.()?.catch(() => {})
  }
  signal.throwIfAborted()
  throw bounds.isEmpty ? emptyAnswer() : new ModelFailure("cutShort")
}

function refuseUnfinished(why: "done" | "length" | "refused"): void {
  if (why === "refused") throw new ModelFailure("refused")
  if (why === "length") throw new ModelFailure("cutShort", { because: "The answer became longer than was allowed." })
}

/** Counts what has come. */
class Bounds {
  #reply = 0
  #thoughts = 0

  get isEmpty(): boolean {
    return this.#reply === 0
  }

  count(piece: ModelPiece): void {
    if (piece.kind === "text") this.#reply += piece.text.length
    if (piece.kind === "call") this.#reply += piece.argumentsText.length + (piece.name?.length ?? 0) + 1
    if (piece.kind === "thinking") this.#thoughts += piece.letters
    if (this.#reply > answerLimits.replyCharacters) throw tooLong("The answer")
    if (this.#thoughts > answerLimits.thoughtCharacters) throw tooLong("What the model thought")
    if (piece.kind === "call" && piece.index >= answerLimits.calls) throw tooLong("The list of the model's steps")
  }
}

function tooLong(what: string): ModelFailure {
  return new ModelFailure("badOutput", {
    because: `${what} became longer than any useful one is, and Candlewright stopped listening.`,
  })
}

function emptyAnswer(): ModelFailure {
  return new ModelFailure("cutShort", { because: "The model answered nothing at all." })
}

type Within = { leftMs: number; world: ModelWorld; signal: AbortSignal }

/** The promise's value; throws where it takes too long or the signal is aborted. */
function withinTime<Value>(promise: Promise<Value>, { leftMs, world, signal }: Within): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => settle(() => reject(signal.reason as Error))
    const patienceMs = Math.max(0, Math.min(leftMs, answerLimits.silenceMs))
    const failure = leftMs < answerLimits.silenceMs ? endless() : silent()
    const cancel = world.after(patienceMs, () => settle(() => reject(failure)))
    const settle = (act: () => void) => {
      cancel()
      signal.removeEventListener("abort", stop)
      act()
    }
    signal.addEventListener("abort", stop, { once: true })
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: Error) => settle(() => reject(error)),
    )
  })
}

function endless(): ModelFailure {
  return new ModelFailure("cutShort", {
    because: `The answer was not complete after ${answerLimits.wholeMs / MINUTE_MS} minutes, and Candlewright stopped waiting.`,
  })
}

function silent(): ModelFailure {
  return new ModelFailure("cutShort", {
    because: `The model said nothing for ${answerLimits.silenceMs / 1000} seconds, and Candlewright stopped waiting.`,
  })
}
