/** What an event is about; `problem` wants the owner's eyes. */
export type EventKind = "decision" | "order" | "fill" | "refusal" | "risk" | "status" | "problem"

/**
 * What happened and why, in words. `candleMs`: the end of the newest candle its bot had heard, in the exchange's time;
 * absent before the first.
 */
export type NewEvent = { kind: EventKind; words: string; about?: object; candleMs?: number }

export type BotEvent = NewEvent & { seq: number; botId: string; accountId: string; atMs: number }
