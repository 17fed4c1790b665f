/** Says something of signals to whoever wants to hear: a problem, or plain news. */
export type SignalTeller = (kind: "problem" | "signal", words: string) => Promise<void>
