import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { type Answered, jsonLog } from "./log.ts"
import { logFormFrom } from "./log-form.ts"
import { withinRequest } from "./request-id.ts"

const AT_MS = Date.UTC(2027, 0, 31, 12)

const request: Answered = {
  requestId: "abcdefgh",
  method: "GET",
  route: "GET /api/bots/:id",
  status: 200,
  tookMs: 3,
  who: { kind: "device", id: "d1" },
}

function opened(form: "json" | "google" = "json") {
  const written: string[] = []
  const clock = { steadyMs: 0 }
  const surroundings = { nowMs: () => AT_MS, steadyMs: () => clock.steadyMs }
  const log = jsonLog({ form, surroundings, to: { write: (line) => void written.push(line) } })
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { log, lines, clock }
}

test("an answered request is one line with its route and not its address, and nothing that somebody added to it", () => {
  const { log, lines } = opened()
  log.answered({ ...request, who: { kind: "device", id: "d1", name: "Phone" }, query: "?signature=x" } as never)
  expect(lines()).toEqual([
    { level: "info", time: "2027-01-31T12:00:00.000Z", ...request, message: "GET /api/bots/:id 200" },
  ])
})

test("for Google's Cloud Logging a line has its severity, time and message", () => {
  const { log, lines } = opened("google")
  log.said("Candlewright is running.")
  log.answered({ ...request, status: 503 })
  log.bug("Candlewright made a mistake and goes on.")
  expect(lines()).toMatchObject([
    { severity: "INFO", time: "2027-01-31T12:00:00.000Z", message: "Candlewright is running." },
    { severity: "WARNING", message: "GET /api/bots/:id 503", status: 503 },
    { severity: "ERROR", message: "Candlewright made a mistake and goes on." },
  ])
  expect(Object.keys(lines()[0])).toEqual(["severity", "time", "message"])
})

test("a bug has the id of the request that met it, also after a wait", async () => {
  const { log, lines } = opened()
  await withinRequest("abcdefgh", async () => {
    await new Promise((resolve) => setImmediate(resolve))
    log.bug("a bug")
  })
  log.bug("a bot's bug")
  expect(lines().map(({ requestId }) => requestId)).toEqual(["abcdefgh", undefined])
})

test("who asks without end does not fill the disk: what is over is counted in the next minute", () => {
  const { log, lines, clock } = opened()
  for (let n = 0; n < 2_000; n++) log.answered(request)
  expect(lines()).toHaveLength(1_200)
  clock.steadyMs = MINUTE_MS
  log.answered(request)
  expect(lines().slice(1_200)).toMatchObject([{ level: "warn", unwritten: 800 }, { level: "info" }])
})

test("a terminal gets sentences and everything else JSON, unless a form is asked for; one that there is not is refused", () => {
  expect(logFormFrom({}, true)).toBe("plain")
  expect(logFormFrom({}, false)).toBe("json")
  expect(logFormFrom({ CANDLEWRIGHT_LOG: "google" }, true)).toBe("google")
  expect(logFormFrom({ CANDLEWRIGHT_LOG: "plain" }, false)).toBe("plain")
  expect(() => logFormFrom({ CANDLEWRIGHT_LOG: "xml" }, true)).toThrow(/It is one of plain, json, google/)
})
