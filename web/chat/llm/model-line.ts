import {
  ModelFailure,
  type ModelFailureKind,
  type ModelPiece,
  type ModelProgress,
  type ModelRequest,
  type ModelStatus,
} from "#models"

/** What a worker with a model in it can be asked. Requests have numbers, so that one can be stopped. */
export type ModelLine = {
  status(): Promise<ModelStatus>
  prepare(call: number, onProgress: (progress: ModelProgress) => void): Promise<LineEnd>
  ask(call: number, request: ModelRequest, onPieces: (pieces: ModelPiece[]) => void): Promise<LineEnd>
  stop(call: number): Promise<void>
  remove(): Promise<LineEnd>
  storedBytes(): Promise<number>
}

/** How a call over the line ended: errors lose their kind on the way between threads, so they travel as data. */
export type LineEnd =
  | { ok: true }
  | { ok: false; kind: "stopped" }
  | {
      ok: false
      kind: ModelFailureKind
      because: string
      nextStep: string
      retryAfterMs: number | undefined
      isPassing: boolean
    }

/** The end of a call that threw. What is no failure of a model is one of the program it runs in. */
export function lineEndOf(error: unknown, signal: AbortSignal): LineEnd {
  if (signal.aborted) return { ok: false, kind: "stopped" }
  const { kind, because, nextStep, retryAfterMs, isPassing } =
    error instanceof ModelFailure ? error : new ModelFailure("gone", { because: broke(error) })
  return { ok: false, kind, because, nextStep, retryAfterMs, isPassing }
}

function broke(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `The model stopped working (${message.slice(0, MOST_MESSAGE_LETTERS)}).`
}

const MOST_MESSAGE_LETTERS = 200

/** Throws what a call ended with; nothing where it went well. */
export function refuseEnd(end: LineEnd, signal: AbortSignal): void {
  if (end.ok) return
  if (end.kind === "stopped") throw signal.aborted ? signal.reason : new DOMException("stopped", "AbortError")
  throw new ModelFailure(end.kind, end)
}
