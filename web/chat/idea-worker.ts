import { readIdea } from "#engine/idea"
import { expose } from "comlink"

export type IdeaApi = { readIdea: typeof readIdea }

expose({ readIdea } satisfies IdeaApi)
