import { expose } from "comlink"
import { type SignalsAsked, type SignalsFound, signalsOf } from "./signals-job.ts"

export type SignalsApi = {
  /** What is said of a market at its last closed candle. Throws in words. */
  look(asked: SignalsAsked): Promise<SignalsFound>
}

let turn: Promise<unknown> = Promise.resolve()

/** One after the other: they share one engine and the candles of the last market. */
function look(asked: SignalsAsked): Promise<SignalsFound> {
  const answer = turn.then(() => signalsOf(asked))
  turn = answer.catch(() => {})
  return answer
}

expose({ look } satisfies SignalsApi)
