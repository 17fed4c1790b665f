/** What an event is about; `problem` wants the owner's eyes. */
export type EventKind = "decision" | "order" | "fill" | "refusal" | "risk" | "status" | "problem"

/** What happened and why, in words. */
export type NewEvent = { kind: EventKind; words: string; about?: object }

export type BotEvent = NewEvent & { seq: number; botId: string; accountId: string; atMs: number }
