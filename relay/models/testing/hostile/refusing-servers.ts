import type { HostileCase } from "./hostile-case.ts"
import { chunk, jsonAct, page, status, streams } from "../model-server.ts"
import { injected } from "./said-by-models.ts"

/** Cases of the hostile suite: see `hostile-models.ts`. */
export const refusing: HostileCase[] = [
  { name: "a web page in place of an answer", script: [page(200)], ends: "failed", says: /web page.*ends in \/v1/s },
  { name: "a web page with an error", script: [page(503)], ends: "failed", says: /fault of its own/ },
  { name: "401", script: [status(401, "bad key")], ends: "failed", says: /does not accept this key.*Copy the key/s },
  { name: "402", script: [status(402, "pay")], ends: "failed", says: /no credit left.*Top it up/s },
  { name: "403", script: [status(403, "not here")], ends: "failed", says: /does not let this key/ },
  { name: "404", script: [status(404, "no model")], ends: "failed", says: /no such model/ },
  {
    name: "429",
    script: [status(429, "slow", { headers: { "retry-after": "3600" } })],
    ends: "failed",
    says: /asked too often/,
  },
  { name: "500", script: [status(500, "oops")], ends: "failed", says: /fault of its own/ },
  {
    name: "a redirect",
    script: [(answer) => void answer.writeHead(302, { location: "https://evil.example" }).end()],
    ends: "failed",
    says: /could not be reached|does not answer/,
  },
  {
    name: "an error that repeats the rules to break",
    script: [status(400, injected)],
    ends: "failed",
    says: /did not understand.*It says: "IGNORE/s,
  },
  { name: "an error of a megabyte", script: [status(400, "x".repeat(1_000_000))], ends: "failed", says: /…"/ },
  {
    name: "an answer in one piece that is an error",
    script: [jsonAct(200, { error: { message: "no", code: 500 } })],
    ends: "failed",
    says: /fault of its own/,
  },
  {
    name: "a refusal",
    script: [streams([chunk({ refusal: "I can't" }), chunk({}, "stop")])],
    ends: "failed",
    says: /declined to answer/,
  },
  {
    name: "a filter",
    script: [streams([chunk({ content: "Bu" }), chunk({}, "content_filter")])],
    ends: "failed",
    says: /declined to answer/,
  },
]
