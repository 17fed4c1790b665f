import type { HostileCase } from "./hostile/hostile-case.ts"
import { readings } from "./hostile/hard-to-read.ts"
import { dangerous } from "./hostile/dangerous-strategies.ts"
import { overreaching } from "./hostile/overreaching-models.ts"
import { strangers } from "./hostile/strangers-words.ts"
import { carriers } from "./hostile/carrying-words.ts"
import { streamsGoneWrong } from "./hostile/broken-streams.ts"
import { refusing } from "./hostile/refusing-servers.ts"

export type { HostileCase } from "./hostile/hostile-case.ts"

/** All of them, by what is wrong. */
export const hostileCases: Record<string, HostileCase[]> = {
  "an answer that is hard to read": readings,
  "a dangerous strategy": dangerous,
  "a model that wants more than it may": overreaching,
  "a stranger's words with orders in them": strangers,
  "words that would carry something out": carriers,
  "a stream that goes wrong": streamsGoneWrong,
  "a server that refuses": refusing,
}
