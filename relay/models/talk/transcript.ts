import type { ToolCall } from "../provider.ts"

/** What happened in a talk after the person spoke, in no model's own form. */
export type TranscriptEntry =
  | { kind: "model"; text: string; calls: readonly ToolCall[] }
  /** What a tool answered. */
  | { kind: "tool"; call: ToolCall; text: string }
  /** What we tell the model: what to mend. */
  | { kind: "told"; text: string }
