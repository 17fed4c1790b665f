import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { builtCommand, type Said, said } from "./built-command.ts"

const project = fileURLToPath(new URL("../../../", import.meta.url))

/** A file of the project, from its root. */
export const inProject = (name: string) => join(project, name)
export const sample = inProject("public/sample/demo-usd-1h.csv.gz")

export const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["DEMO/USD"],
  params: {
    fast: { label: "Fast", type: "int", value: 10, min: 2, max: 50, step: 1 },
  },
  series: { fastLine: "sma(close, fast)", slowLine: "sma(close, 40)" },
  long: {
    enter: { all: ["crossover(fastLine, slowLine)"] },
    exit: { any: ["crossunder(fastLine, slowLine)"] },
  },
  size: { kind: "equity", percent: 100 },
}

export type CommandFolder = {
  command: string
  folder: string
  /** Runs the command in the folder. */
  candlewright: (...words: string[]) => Promise<Said>
  inFolder: (name: string) => string
  remove: () => Promise<void>
}

/** The command, and a folder with a few good and bad files to use it on. */
export async function commandFolder(): Promise<CommandFolder> {
  const command = await builtCommand()
  const folder = await mkdtemp(join(tmpdir(), "candlewright-cli-"))
  await writeFiles(folder)
  return {
    command,
    folder,
    candlewright: (...words) => said(process.execPath, [command, ...words], folder),
    inFolder: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true }),
  }
}

async function writeFiles(folder: string): Promise<void> {
  await writeFile(join(folder, "crossing.json"), JSON.stringify(crossing))
  await writeFile(join(folder, "bad.json"), JSON.stringify({ ...crossing, timeframe: "7h" }))
  await writeFile(join(folder, "bad.csv"), "open_time_ms,open,high,low,close,volume\n0,1,2,1,2,5\n60000,2,x,1,2,5\n")
  await writeFile(
    join(folder, "sentiment.json"),
    JSON.stringify({
      ...crossing,
      params: {},
      series: {},
      long: { enter: { all: ["sentiment > 3"] } },
    }),
  )
  await writeFile(
    join(folder, "sentiment.csv"),
    "open_time_ms,open,high,low,close,volume,sentiment\n0,1,2,1,2,5,4\n3600000,2,2,1,2,5,1\n",
  )
  const slip =
    'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy { onCandle(candle: Candle): void { this.bye() } }'
  await writeFile(
    join(folder, "slip-in-code.json"),
    JSON.stringify({
      format: crossing.format,
      name: "Slip",
      timeframe: "1h",
      code: { language: "assemblyscript", source: slip },
    }),
  )
  await writeFile(join(folder, "newest-first.csv"), "t,o,h,l,c,v\n1700000100,2,3,1,2,5\n1700000040,1,2,1,2,5\n")
}
