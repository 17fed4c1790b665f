import type { Engine } from "#engine/run"
import { printJson, printText, table, report } from "./answer.ts"
import { noPositionals, readWords, type Command } from "./command.ts"
import { writeTextFile } from "./file-output.ts"
import { installedEngine, installedScript } from "./installation.ts"

const options = { json: { type: "boolean" }, write: { type: "string" } } as const

const help = `candlewright bench

Measures the engine on this machine against loops written by hand for the same work, whose results must be equal. Takes about a minute.

  candlewright bench
  candlewright bench --json
  candlewright bench --write bench/results.json

  --write FILE    also write the answer to a file
  --json          the answer as JSON on stdout

Ratios and milliseconds are of processor time, medians of runs in turns; names with "Wall" are of the clock on the wall.`

/** `candlewright bench` */
export const benchCommand: Command = { help, run }

/** What build/bench.mjs exports: bench/main.ts. */
type BenchScript = { bench(engine: Engine, report: (part: string) => void): Promise<BenchAnswer> }
type BenchAnswer = { engine: string; machine: Record<string, string | number>; figures: Record<string, number> }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const script = (await import(installedScript("bench.mjs").href)) as BenchScript
  const { engine, machine, figures } = await script.bench(await installedEngine(), (part) =>
    report(`measuring ${part}`),
  )
  const answer = { ...figures, machine, engine }
  if (values.write !== undefined) await writeTextFile(values.write, `${JSON.stringify(answer, null, 2)}\n`)
  await (values.json
    ? printJson(answer)
    : printText(table(Object.entries(figures).map(([name, figure]) => [name, String(Number(figure.toPrecision(4)))]))))
}
