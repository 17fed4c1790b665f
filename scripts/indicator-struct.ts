import { readdir, readFile } from "node:fs/promises"
import type { FunctionArgument, FunctionSpec } from "../engine-wasm/host/strategy/formula/function-spec.ts"
import { projectPath } from "./project-path.ts"

type Parameter = { name: string; type: string }

/** An indicator's struct, as its source declares it: its file, its name, its fields. */
export type IndicatorStruct = {
  name: string
  file: string
  bytes: Parameter[]
  start: Parameter[]
  next: Parameter[]
  /** Whether the struct runs a block with a loop of its own. */
  runs: boolean
  fields: ReadonlySet<string>
}

/** A struct as a formula function uses it: `next` returns the output of that name. */
export type FunctionStruct = IndicatorStruct & { answer: string }

/** Every struct under assembly/indicators by its name, with what it inherits. */
export async function indicatorStructs(): Promise<ReadonlyMap<string, IndicatorStruct>> {
  const classes = new Map((await sources("indicators")).flatMap(classesOf))
  return new Map([...classes.keys()].map((name) => [name, structOf(name, classes)]))
}

/** The file that exports each candle pattern of assembly/patterns. */
export async function patternFiles(): Promise<ReadonlyMap<string, string>> {
  const files = await sources("patterns")
  return new Map(
    files.flatMap(({ file, text }) =>
      [...text.matchAll(/^export function (\w+)\(candles: RecentCandles[^)]*\): f64/gm)].map(
        ([, name]) => [name, file] as const,
      ),
    ),
  )
}

/** The struct of a function of the formula language: it has the function's name and arguments. */
export function structOfFunction(spec: FunctionSpec, structs: ReadonlyMap<string, IndicatorStruct>): FunctionStruct {
  const name = `${spec.name[0].toUpperCase()}${spec.name.slice(1)}`
  const struct = structs.get(name)
  if (!struct) throw new Error(`The formula function ${spec.name} has no struct ${name} in assembly/indicators.`)
  const numbers = struct.start.filter((one) => one.name !== "scale")
  if (numbers.length !== numbersOf(spec).length)
    throw new Error(`${name}.start takes ${numbers.length} numbers, the function ${spec.name} has others.`)
  if (struct.next.length !== spec.candle.length + seriesOf(spec).length)
    throw new Error(`${name}.next takes ${struct.next.length} values, the function ${spec.name} has others.`)
  const [answer, ...others] = spec.outputs.filter((output) => !struct.fields.has(output))
  if (spec.outputs.length > 0 && (answer === undefined || others.length > 0))
    throw new Error(`${name}.next answers one of .${spec.outputs.join(" .")}; the others must be its fields.`)
  return { ...struct, answer: answer ?? "value" }
}

/** Arguments of a function that are numbers, in order. */
export function numbersOf(spec: FunctionSpec): Exclude<FunctionArgument, { kind: "series" }>[] {
  return spec.arguments.filter((argument) => argument.kind !== "series")
}

/** Arguments of a function that change from candle to candle, in order. */
export function seriesOf(spec: FunctionSpec): FunctionArgument[] {
  return spec.arguments.filter(({ kind }) => kind === "series")
}

type Source = { file: string; text: string }
type Class = { file: string; body: string; parent?: string }

async function sources(folder: string): Promise<Source[]> {
  const names = await readdir(projectPath(`engine-wasm/assembly/${folder}`))
  const own = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts")).sort()
  const path = (name: string) => projectPath(`engine-wasm/assembly/${folder}/${name}`)
  return Promise.all(
    own.map(async (name) => ({
      file: `../${folder}/${name.slice(0, -".ts".length)}`,
      text: await readFile(path(name), "utf8"),
    })),
  )
}

function classesOf({ file, text }: Source): [string, Class][] {
  return [...text.matchAll(/^(?:export )?class (\w+)(?:<\w+>)?(?: extends (\w+)(?:<\w+>)?)? \{\n([\s\S]*?)^\}/gm)].map(
    ([, name, parent, body]) => [name, { file, body, parent }],
  )
}

function structOf(name: string, classes: ReadonlyMap<string, Class>): IndicatorStruct {
  const line = ancestry(name, classes)
  const where = (method: string) => line.findIndex(({ body }) => parametersIn(body, method) !== undefined)
  const parameters = (method: string) => line.map(({ body }) => parametersIn(body, method)).find(Boolean) ?? []
  return {
    name,
    file: line[0].file,
    bytes: parameters("static bytes"),
    start: parameters("start"),
    next: parameters("next"),
    // A loop below the class that defines one candle's step would use another step.
    runs: where("run") >= 0 && where("run") <= where("next"),
    fields: new Set(line.flatMap(({ body }) => [...body.matchAll(/^ {2}(\w+): f64$/gm)].map(([, field]) => field))),
  }
}

function ancestry(name: string, classes: ReadonlyMap<string, Class>): Class[] {
  const own = classes.get(name)
  if (!own) return []
  return [own, ...(own.parent ? ancestry(own.parent, classes) : [])]
}

function parametersIn(body: string, method: string): Parameter[] | undefined {
  const list = new RegExp(`^ {2}${method}\\(([^)]*)\\)`, "m").exec(body)?.[1]
  return list
    ?.split(",")
    .filter((one) => one.trim() !== "")
    .map((one) => {
      const [, name, type] = /^\s*(\w+): (\w+)/.exec(one)!
      return { name, type }
    })
}
