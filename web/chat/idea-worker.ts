import { readIdea } from "#engine/idea"
import { expose } from "comlink"

export type IdeaApi = { readIdea: typeof readIdea }

expose({ readIdea } satisfies IdeaApi)

// The tables of words are made while the person still writes, so that the first sentence is read as fast as the next.
readIdea("Buy BTC on 1h when RSI 14 falls below 30, sell above 70, stop 3 %")
