import type { CoreSources } from "./code-compile.ts"

/**
 * What `import { … } from "candlewright"` exports, file by file (assembly/code/api.ts); for a partly public file, its
 * public names.
 */
const apiFiles: { file: string; only?: readonly string[] }[] = [
  {
    file: "code/strategy.ts",
    only: [
      "position",
      "market",
      "equity",
      "onCandle",
      "onHigher",
      "param",
      "listenTo",
      "buy",
      "sellShort",
      "close",
      "targetPercent",
      "show",
      "showPrice",
      "log",
    ],
  },
  { file: "code/order.ts", only: ["stop", "stopDistance", "withoutStop", "target", "quantity", "percent", "tag"] },
  {
    file: "code/position.ts",
    only: ["side", "quantity", "entryPrice", "profitPercent", "candles", "stop", "isOpen", "isLong", "isShort"],
  },
  { file: "code/candle.ts" },
  { file: "code/formula-maths.ts" },
  { file: "code/indicators.gen.ts" },
]

/**
 * TypeScript declarations of the strategy API, for an editor's completion and checks: read from the same sources a
 * strategy is compiled with. They include AssemblyScript's own numbers and functions. Throws when a source is
 * missing.
 */
export function codeTypings(core: CoreSources): string {
  const files = apiFiles.map(({ file, only }) => declarationsOf(core[file] ?? missing(file), only))
  return `declare module "candlewright" {\n${indented(files.join("\n"))}\n}\n\n${language}`
}

function missing(file: string): never {
  throw new Error(`The engine's core is without ${file}.`)
}

/** AssemblyScript's numbers are TypeScript's here; the compiler reports anything stricter itself. */
const language = `${["f64", "f32", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "isize", "usize"].map((name) => `declare type ${name} = number`).join("\n")}
declare type bool = boolean
declare function abs<T extends number>(x: T): T
declare function ceil<T extends number>(x: T): T
declare function floor<T extends number>(x: T): T
declare function trunc<T extends number>(x: T): T
declare function nearest<T extends number>(x: T): T
declare function sqrt<T extends number>(x: T): T
declare function min<T extends number>(a: T, b: T): T
declare function max<T extends number>(a: T, b: T): T
declare function copysign<T extends number>(x: T, y: T): T
declare function assert<T>(isTrue: T, message?: string): T
declare class StaticArray<T> extends Array<T> {
  constructor(length: i32)
}
`

/** The exported classes and functions of a source, without their bodies and what is private. */
function declarationsOf(source: string, only?: readonly string[]): string {
  const kept: string[] = []
  for (const { doc, lines } of statementsOf(source.split("\n"))) {
    const head = /^export ((?:abstract )?class \w+(?: extends \w+)?) \{$/.exec(lines[0])?.[1]
    if (head) kept.push(...doc, `export ${head} {`, ...membersOf(lines.slice(1, -1), only), "}")
    else if (lines[0].startsWith("export function ")) kept.push(...doc, signatureOf(lines[0]))
  }
  return kept.join("\n")
}

type Statement = { doc: string[]; lines: string[] }

/** Declarations from the beginning of a line to the next that closes them, each with the comment before it. */
function* statementsOf(lines: string[]): Generator<Statement> {
  let doc: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (/^(\/\/|@)/.test(line)) continue
    if (line.startsWith("/**") || line.startsWith(" *")) {
      doc = line.startsWith("/**") ? [line] : [...doc, line]
      continue
    }
    const end = line.endsWith("{") ? lines.indexOf("}", at) : at
    if (line !== "") yield { doc, lines: lines.slice(at, end + 1) }
    doc = []
    at = end
  }
}

function membersOf(body: string[], only?: readonly string[]): string[] {
  const unindented = body.map((line) => line.replace(/^ {2}/, ""))
  return [...statementsOf(unindented)].flatMap(({ doc, lines: [head] }) => {
    const name = /^(?:(?:abstract|readonly|get) )*(\w+)/.exec(head)![1]
    const isShown = !head.startsWith("private ") && (only === undefined || only.includes(name))
    return isShown
      ? [...doc, /^[\w ]+\(/.test(head) ? signatureOf(head) : fieldOf(head)].map((line) => `  ${line}`)
      : []
  })
}

function fieldOf(line: string): string {
  return line.replace(/ = .*$/, "")
}

/** A function's first line without its body; an argument with a value of its own may be left out. */
function signatureOf(line: string): string {
  return line.replace(/ \{(\})?$/, "").replace(/(\w+): ([\w[\]]+) = [^,)]+/g, "$1?: $2")
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ")
}
