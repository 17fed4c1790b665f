import { posix } from "node:path"
import type { CoreSources } from "../host/strategy/code/code-compile.ts"

/** The entry points: the engine's exports, and the file a strategy in code is compiled with. */
const doors = ["index.ts", "code/module.ts", "code/fuel.ts", "code/strategies.ts"]

/** The doors, and whatever a strategy in code may import. */
function doorsOf(sources: CoreSources): Set<string> {
  return new Set([...doors, ...importsOf("code/api.ts", sources["code/api.ts"] ?? "").map(({ file }) => file)])
}

/** Circles of imports, each as its files; none in sources that can be read from the bottom up. */
export function importCircles(sources: CoreSources): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "))
    if (done.has(file) || path.includes(file)) return
    for (const imported of importsOf(file, sources[file]))
      if (imported.file in sources) visit(imported.file, [...path, file])
    done.add(file)
  }
  for (const file of Object.keys(sources)) visit(file, [])
  return circles
}

/** From the ground up. Files beside the rooms are ground, except for the engine's own door. */
const rooms = [
  "",
  "indicators",
  "patterns",
  "operators",
  "forecast",
  "rules",
  "account",
  "code",
  "decide",
  "fill",
  "run",
  "sweep",
  "index.ts",
]
/** Decisions call a strategy in code, and candles before trading begins are shown to it. */
const asksCode = new Set(["code", "decide", "run"])

/** Imports into an upper room, of a strategy's code from elsewhere, and of rooms that have no place yet. */
export function strayImports(sources: CoreSources): string[] {
  return Object.entries(sources).flatMap(([file, text]) =>
    importsOf(file, text)
      .filter((imported) => !mayImport(roomOf(file), roomOf(imported.file)))
      .map((imported) => `${file} imports ${imported.file}`),
  )
}

function mayImport(room: string, other: string): boolean {
  if (!rooms.includes(room) || rooms.indexOf(other) > rooms.indexOf(room)) return false
  return other !== "code" || asksCode.has(room)
}

function roomOf(file: string): string {
  const [first, ...rest] = file.split("/")
  return rest.length > 0 || first === "index.ts" ? first : ""
}

/**
 * Unused exports, imports, functions, methods and fields. `outside`: the host's text, which reads the assembly's
 * enums.
 */
export function deadCode(sources: CoreSources, outside: string): string[] {
  const everything = Object.values(sources).map(withoutComments).join("\n")
  const open = doorsOf(sources)
  return Object.entries(sources).flatMap(([file, text]) => {
    const code = withoutComments(text)
    const isUsed = (name: string) => open.has(file) || isImported(file, name, sources) || usesOf(name, outside) > 0
    return [
      ...deadImports(file, code),
      ...deadDeclarations(file, code, isUsed),
      ...(open.has(file) ? [] : deadMembers(file, code, everything)),
    ]
  })
}

/**
 * Methods an @unmanaged class overrides. Such a struct has no header, so a call through the base reads a class number
 * from whatever precedes it in memory.
 */
export function overriddenMethods(sources: CoreSources): string[] {
  const classes = new Map(
    Object.values(sources).flatMap((text) => classesOf(withoutComments(text)).map((one) => [one.name, one])),
  )
  return [...classes.values()].flatMap(({ name, parent, body, isUnmanaged }) =>
    isUnmanaged
      ? methodsOf(body)
          .filter((method) => inherited(parent, method, classes))
          .map((method) => `${name}.${method}`)
      : [],
  )
}

function inherited(parent: string | undefined, method: string, classes: ReadonlyMap<string, Class>): boolean {
  const base = parent === undefined ? undefined : classes.get(parent)
  return base !== undefined && (methodsOf(base.body).includes(method) || inherited(base.parent, method, classes))
}

type Class = { name: string; parent?: string; body: string; isUnmanaged: boolean }

function classesOf(code: string): Class[] {
  return [
    ...code.matchAll(
      /^(@unmanaged\n)?(?:export )?(?:abstract )?class (\w+)(?:<\w+>)?(?: extends (\w+)(?:<\w+>)?)? \{(?:\}|\n([\s\S]*?)^\})/gm,
    ),
  ].map(([, unmanaged, name, parent, body = ""]) => ({ name, parent, body, isUnmanaged: unmanaged !== undefined }))
}

const methodsOf = (body: string) =>
  [...body.matchAll(/^ {2}(?:@inline )?(?:private )?(?:get |set )?(\w+)\(/gm)].map(([, name]) => name)

function deadImports(file: string, code: string): string[] {
  const body = code.replaceAll(/^import .*$/gm, "")
  return importsOf(file, code).flatMap(({ names }) =>
    names
      .filter(({ local }) => local !== "*" && !usesOf(local, body))
      .map(({ local }) => `${file} imports ${local} for nothing`),
  )
}

function deadDeclarations(file: string, code: string, isUsed: (name: string) => boolean): string[] {
  const declared = [...code.matchAll(/^(export )?(?:function|class|enum|const|let) (\w+)/gm)]
  return declared.flatMap(([, isExported, name]) =>
    usesOf(name, code) > 1 || (isExported && isUsed(name)) ? [] : [`${file} has ${name}, which nobody uses`],
  )
}

function isImported(file: string, name: string, sources: CoreSources): boolean {
  return Object.entries(sources).some(([other, text]) =>
    importsOf(other, text).some(
      (imported) => imported.file === file && imported.names.some((one) => one.name === name || one.name === "*"),
    ),
  )
}

// A member counts as used wherever its name occurs again, in whatever class: a text knows no types.
function deadMembers(file: string, code: string, everything: string): string[] {
  return classesOf(code).flatMap(({ name, body }) => {
    const fields = [...body.matchAll(/^ {2}(?:private )?(?:readonly )?(\w+): \w+/gm)].map(([, field]) => field)
    return [...new Set([...methodsOf(body), ...fields])]
      .filter((member) => member !== "constructor" && member !== "spare")
      .filter((member) => usesOf(member, everything) < 2)
      .map((member) => `${file} has ${name}.${member}, which nobody uses`)
  })
}

const usesOf = (name: string, code: string) => code.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, "g"))?.length ?? 0

type Import = { file: string; names: { name: string; local: string }[] }

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(/^(?:import|export) (?:\{([^}]*)\}|(\*)(?: as (\w+))?) from "([^"]+)"/gm)].map(
    ([, list, all, whole, from]) => ({
      file: `${posix.join(posix.dirname(file), from)}.ts`,
      names: all
        ? [{ name: "*", local: whole ?? "*" }]
        : list.split(",").flatMap((one) => {
            const [name, local = name] = one.trim().split(" as ")
            return name ? [{ name, local }] : []
          }),
    }),
  )
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")
}
