// Run by hand: npx tsx bench/hostile-files.ts [NAME …]. Readable but useless files, each read by a process of its own
// (`candles check` of the build, `mendRows` as the page's import does): its processor time, all threads, and peak memory.
import { spawn } from "node:child_process"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { CandleProblems, DAY_MS, MINUTE_MS, mendRows, readCandleRows } from "#engine/candles"
import { projectPath } from "../scripts/project-path.ts"
import { machineFacts } from "./machine.ts"

const MOST_MEGABYTES = 500
const MOST_SECONDS = 10
const LINES_A_PIECE = 20_000
const START_MS = Date.UTC(2000, 0, 1)

type HostileFile = { rows: number; line: (at: number) => string }

const good = "10,11,9,10,5"
const files: Record<string, HostileFile> = {
  "good rows": { rows: 6_000_000, line: (at) => `${START_MS + at * MINUTE_MS},${good}` },
  "bad prices": { rows: 5_000_000, line: (at) => `${START_MS + at * MINUTE_MS},10,9,11,10,-5` },
  "irregular times": { rows: 6_000_000, line: (at) => `${START_MS + at * 50_000 + (scattered(at) % 49_000)},${good}` },
  "irregular doubles": { rows: 6_000_000, line: (at) => `${START_MS + at * at + (scattered(at) % 7)},${good}` },
  "shuffled times": { rows: 6_000_000, line: (at) => `${START_MS + shuffled(at, 6_000_000) * MINUTE_MS},${good}` },
  "same time": { rows: 6_000_000, line: (at) => `${START_MS},10,11,9,${9 + (at % 3)},5` },
  "newest first": { rows: 6_000_000, line: (at) => `${START_MS + (6_000_000 - at) * MINUTE_MS},10,9,11,10,-5` },
  "parts newest first": {
    rows: 5_000_000,
    line: (at) => `${START_MS + (5_000_000 - (at - (at % 600)) + (at % 600)) * MINUTE_MS},10,9,11,10,-5`,
  },
  "many gaps": { rows: 6_000_000, line: (at) => `${START_MS + (at + Math.floor(at / 2)) * MINUTE_MS},${good}` },
  "months of days": {
    rows: 3_000_000,
    line: (at) => `${new Date(START_MS).getTime() + at * 31 * 1440 * MINUTE_MS},${good}`,
  },
  "calendar dates": { rows: 5_000_000, line: (at) => `${new Date(START_MS + at * MINUTE_MS).toISOString()},${good}` },
  "dates one by one": {
    rows: 2_900_000,
    line: (at) => `${new Date(-62_000_000_000_000 + at * DAY_MS).toISOString().slice(-24, -14)},${good}`,
  },
}

if (process.argv[2] === "mend") await mend(process.argv[3])
else await measureAll(process.argv.slice(2))

/** The same every time, and unlike its neighbours'. */
function scattered(at: number): number {
  return (Math.imul(at + 1, 2_654_435_761) >>> 0) % 1_000_003
}

/** Each number below `count` once, far from its neighbours; 7,368,787 is a prime. */
function shuffled(at: number, count: number): number {
  return (at * 7_368_787) % count
}

async function measureAll(names: string[]): Promise<void> {
  const facts = machineFacts()
  console.log(`${facts.processor}, ${facts.cores} cores, load ${facts.loadAverage.toFixed(1)}, Node ${facts.node}\n`)
  console.log(
    "| file | MB | check processor s | check MB | mend processor s | mend MB | says |\n|---|---|---|---|---|---|---|",
  )
  const folder = await mkdtemp(join(tmpdir(), "hostile-files-"))
  const mender = await bundled()
  try {
    for (const name of names.length > 0 ? names : Object.keys(files))
      await measure(name, join(folder, "file.csv"), mender)
  } finally {
    await rm(folder, { recursive: true })
    await rm(mender)
  }
}

/** This program as one file, as people run it; beside the build, where its packages are found. */
async function bundled(): Promise<string> {
  const outfile = projectPath(`build/hostile-files-${process.pid}.mjs`)
  await build({
    entryPoints: [fileURLToPath(import.meta.url)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "#engine": projectPath("engine-wasm/host") },
  })
  return outfile
}

async function measure(name: string, file: string, mender: string): Promise<void> {
  await pipeline(Readable.from(linesOf(files[name])), createWriteStream(file))
  const check = await ended([projectPath("build/candlewright.mjs"), "candles", "check", file])
  const mended = await ended([mender, "mend", file])
  const { size } = await stat(file)
  const figures = [check, mended].map(({ seconds, megabytes }) => `${seconds.toFixed(1)} | ${megabytes}`)
  const tooMuch = [check, mended].some(({ seconds, megabytes }) => seconds > MOST_SECONDS || megabytes > MOST_MEGABYTES)
  const says = `${check.says.replace(/^.*file\.csv: /, "").slice(0, 60)} / ${mended.says.slice(0, 60)}`
  console.log(
    `| ${name} | ${Math.round(size / 1e6)} | ${figures.join(" | ")} | ${says}${tooMuch ? " **too much**" : ""} |`,
  )
  if (tooMuch) process.exitCode = 1
}

function* linesOf({ rows, line }: HostileFile): Generator<string> {
  yield "time,open,high,low,close,volume\n"
  for (let at = 0; at < rows; at += LINES_A_PIECE) {
    const count = Math.min(LINES_A_PIECE, rows - at)
    yield `${Array.from({ length: count }, (_, index) => line(at + index)).join("\n")}\n`
  }
}

/** How a process ended: its first line, the processor's time, which a busy machine does not lengthen, peak memory. */
async function ended(words: string[]): Promise<{ seconds: number; megabytes: number; says: string }> {
  const report = `process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nused "+(u.userCPUTime+u.systemCPUTime)+" "+u.maxRSS)})`
  const child = spawn(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(report)}`, ...words])
  let [said, output] = ["", ""]
  child.stdout.on("data", (bytes) => (said += said.length < 1_000 ? bytes : ""))
  child.stderr.on("data", (bytes) => (output += bytes))
  await new Promise((resolve) => child.on("close", resolve))
  const [microseconds, kilobytes] = /used (\d+) (\d+)$/.exec(output)?.slice(1).map(Number) ?? [Number.NaN, Number.NaN]
  const says = (said || output).trim().split("\n")[0]
  return { seconds: microseconds / 1e6, megabytes: Math.round(kilobytes / 1024), says }
}

async function mend(file: string): Promise<void> {
  const unreadable = new CandleProblems()
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
  const rows = await readCandleRows(stream, unreadable)
  const mended = rows.ok ? mendRows(rows, unreadable) : rows
  console.log(mended.ok ? mended.notes.join(" ") || "nothing to mend" : mended.because)
}
