import { ModelFailure } from "../model-failure.ts"
import type { ModelPiece, ModelProvider, ModelWire, ToolCall } from "../provider.ts"
import type { DeskNote, DeskPiece } from "../cost/model-desk.ts"

/** A whole answer, and who gave it. */
export type HeardAnswer = { text: string; calls: ToolCall[]; by: ModelProvider; cachedAtMs?: number }

/** Gathers an answer from its pieces; `onNote` and `onText` hear of it as it comes. */
export class AnswerEar {
  #text = ""
  #calls = new Map<number, ToolCall>()
  #by: ModelProvider | undefined
  #cachedAtMs: number | undefined

  /** The text so far. */
  get text(): string {
    return this.#text
  }

  /** The form of the model that is speaking. */
  get wire(): ModelWire {
    return this.#by?.facts.wire ?? "envelope"
  }

  take(piece: DeskPiece): void {
    if (piece.kind === "note") this.#takeNote(piece.note)
    else if (piece.kind === "text") this.#text += piece.text
    else if (piece.kind === "retract") this.#forget()
    else if (piece.kind === "call") this.#takeCall(piece)
  }

  whole(): HeardAnswer {
    if (this.#by === undefined) throw new ModelFailure("gone")
    const calls = [...this.#calls.values()].map((call, n) => ({ ...call, id: call.id === "" ? `call_${n}` : call.id }))
    return { text: this.#text.trim(), calls, by: this.#by, cachedAtMs: this.#cachedAtMs }
  }

  #takeNote(note: DeskNote): void {
    if (note.kind === "asking" || note.kind === "cached") this.#by = note.provider
    if (note.kind === "cached") this.#cachedAtMs = note.atMs
    if (note.kind === "fellBack") this.#forget()
  }

  #takeCall({ index, id, name, argumentsText }: Extract<ModelPiece, { kind: "call" }>): void {
    const call = this.#calls.get(index) ?? { id: "", name: "", argumentsText: "" }
    this.#calls.set(index, {
      id: call.id || (id ?? ""),
      name: call.name || (name ?? ""),
      argumentsText: call.argumentsText + argumentsText,
    })
  }

  #forget(): void {
    this.#text = ""
    this.#calls.clear()
  }
}
