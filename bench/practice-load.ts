import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { projectPath } from "../scripts/project-path.ts"

// How responsive the relay stays while 24 clients request awkward history of the practice exchange. Needs a build.
// Run: npx tsx bench/practice-load.ts [--json] Prints the times of /api/health meanwhile, the longest block of the
// relay's thread, and the clients' answers.

const ASKERS = 24
const LASTS_MS = 15_000
const HEALTH_EVERY_MS = 25
const STARTS_WITHIN_MS = 3_000

/**
 * Runs inside the relay and reports at its end the longest block of its thread: by the wall clock, and in processor
 * time (Linux counts it per thread), which other programs of a busy machine do not lengthen.
 */
const monitor = `import { readFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"
const cpuMs = () => Number(readFileSync("/proc/self/task/" + process.pid + "/schedstat", "utf8").split(" ")[0]) / 1e6
const longest = { wall: 0, cpu: 0 }
let last = { wall: performance.now(), cpu: 0 }
const look = () => {
  const now = { wall: performance.now(), cpu: cpuMs() }
  if (now.wall > ${STARTS_WITHIN_MS}) for (const clock in now) longest[clock] = Math.max(longest[clock], now[clock] - last[clock])
  last = now
}
if (isMainThread) setInterval(look, 2).unref()
if (isMainThread) process.on("exit", () => console.log("LONGEST_BLOCK " + JSON.stringify(longest)))`

/** Days that begin elsewhere, months from the beginning of time: no cache helps from one to the next. */
const questions = Array.from({ length: ASKERS }, (_, asker) => {
  const symbol = ["BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ETHBTC"][asker % 5]
  const zone = `${asker % 2 ? "-" : ""}${1 + (asker % 11)}:${String((asker * 7) % 60).padStart(2, "0")}`
  const what = asker % 3 === 0 ? "interval=1M&startTime=0" : "interval=1d&limit=1000"
  return `symbol=${symbol}&${what}&timeZone=${encodeURIComponent(zone)}`
})

const measured = await measure()
console.log(process.argv.includes("--json") ? JSON.stringify(measured) : table(measured))

async function measure() {
  const data = await mkdtemp(join(tmpdir(), "candlewright-load-"))
  const relay = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(monitor)}`, projectPath("build/candlewright.mjs"), "serve"],
    { env: { ...process.env, PORT: "0", CANDLEWRIGHT_DATA: data }, stdio: ["ignore", "pipe", "inherit"] },
  )
  let said = ""
  relay.stdout.on("data", (bytes: Buffer) => (said += bytes.toString()))
  while (!said.includes("running at")) await pause(20)
  await pause(STARTS_WITHIN_MS + 500)
  const url = /http:\/\/localhost:\d+/.exec(said)![0]
  const untilMs = performance.now() + LASTS_MS
  const [healthMs, answers] = await Promise.all([
    health(url, untilMs),
    Promise.all(questions.map((question) => history(`${url}/api/md/practice/api/v3/klines?${question}`, untilMs))),
  ])
  const ended = new Promise((resolve) => relay.once("close", resolve))
  relay.kill("SIGTERM")
  await ended
  await rm(data, { recursive: true })
  const blocks = JSON.parse(/LONGEST_BLOCK (.*)/.exec(said)![1]) as Record<"wall" | "cpu", number>
  healthMs.sort((first, second) => first - second)
  return {
    healthAnswers: healthMs.length,
    healthMsP50: healthMs[Math.floor(healthMs.length * 0.5)],
    healthMsP99: healthMs[Math.floor(healthMs.length * 0.99)],
    healthMsMax: healthMs.at(-1)!,
    longestBlockMs: blocks.wall,
    longestBlockCpuMs: blocks.cpu,
    historyAnswers: answers.flat().length,
    historyRefused: answers.flat().filter(({ status }) => status !== 200).length,
    historySecondsMax: Math.max(...answers.flat().map(({ ms }) => ms)) / 1000,
  }
}

async function health(url: string, untilMs: number): Promise<number[]> {
  const tookMs: number[] = []
  while (performance.now() < untilMs) {
    const sentMs = performance.now()
    await (await fetch(`${url}/api/health`)).text()
    tookMs.push(performance.now() - sentMs)
    await pause(HEALTH_EVERY_MS)
  }
  return tookMs
}

async function history(address: string, untilMs: number) {
  const answers: { status: number; ms: number }[] = []
  while (performance.now() < untilMs) {
    const sentMs = performance.now()
    const answer = await fetch(address)
    await answer.text()
    answers.push({ status: answer.status, ms: performance.now() - sentMs })
  }
  return answers
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function table(figures: Record<string, number>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(20)} ${value.toFixed(1)}`)
    .join("\n")
}
