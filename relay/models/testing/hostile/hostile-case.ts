import type { TalkAbout } from "../../talk/prompt.ts"
import type { ServersAct } from "../model-server.ts"

/** What a hostile or broken model does, and what a person must see of it. */
export type HostileCase = {
  name: string
  /** What it answers, one for each time it is asked; the last one is repeated. */
  script: ServersAct[]
  /** With tools instead of an envelope. */
  hasTools?: boolean
  about?: Partial<TalkAbout>
  /** Time that passes in silence. */
  waitsMs?: number
  ends: "strategy" | "question" | "decline" | "answer" | "failed"
  /** In what is said to the person. */
  says?: RegExp
  neverSays?: RegExp
  /** In the strategy, as JSON. */
  has?: RegExp
}
