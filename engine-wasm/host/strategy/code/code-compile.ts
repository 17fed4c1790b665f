import { quotedCode } from "../../candles/foreign-text.ts"
import { codeEntry, strategyClassesOf, type StrategyClass } from "./code-entry.ts"
import { diagnosticFrom, withPlace, type CodeDiagnostic, type CompilerDiagnostic } from "./code-diagnostic.ts"
import { outsideProblems, type ParsedFiles } from "./code-outside.ts"
import { meteredModule, ModuleRefused } from "./wasm-meter.ts"

/** The source of the engine's core, by path under assembly/: a strategy in code is compiled with it. */
export type CoreSources = Record<string, string>

/** `fast` while typing, `full` to run. */
export type CodeOptimization = "fast" | "full"

export type CompiledCode =
  | { ok: true; wasm: Uint8Array<ArrayBuffer>; diagnostics: CodeDiagnostic[] }
  | { ok: false; diagnostics: CodeDiagnostic[] }

type CompileOptions = {
  core: CoreSources
  optimize?: CodeOptimization
  /** Off only to measure the cost of metering. */
  unmetered?: boolean
}

/** Pages of the strategy's own heap: 8 MB. Beyond that memory is refused, so that no strategy exhausts the machine. */
const HEAP_PAGES = 128
/** 2 GB in all, for candles. */
const MOST_PAGES = 32_768

/**
 * Compiles a strategy's AssemblyScript together with the engine's core into a module of its own, with the engine's
 * exports. Runs none of it. The first call loads the compiler (about 2 MB).
 */
export async function compileCode(
  source: string,
  { core, optimize = "full", unmetered = false }: CompileOptions,
): Promise<CompiledCode> {
  const [strategy, second] = strategyClassesOf(source)
  if (!strategy) return { ok: false, diagnostics: [withPlace(source, 0, 0, noClass)] }
  if (second) return { ok: false, diagnostics: [oneTooMany(source, strategy, second)] }
  const { binary, diagnostics } = await runCompiler(source, codeEntry(strategy.name), core, optimize)
  if (!binary || diagnostics.some(({ isError }) => isError))
    return { ok: false, diagnostics: diagnostics.length > 0 ? diagnostics : [withPlace(source, 0, 0, crashed)] }
  try {
    return { ok: true, wasm: unmetered ? binary : meteredModule(binary), diagnostics }
  } catch (refusal) {
    if (!(refusal instanceof ModuleRefused)) throw refusal
    return { ok: false, diagnostics: [withPlace(source, 0, 0, `This code cannot be run: ${refusal.message}.`)] }
  }
}

const noClass =
  "Write a class that is your strategy: `export class MyStrategy extends Strategy { onCandle(candle: Candle): void { … } }`."
function oneTooMany(source: string, { name }: StrategyClass, second: StrategyClass): CodeDiagnostic {
  const [first, other] = [quotedCode(name), quotedCode(second.name)]
  return withPlace(
    source,
    second.start,
    second.start + second.name.length,
    `Two strategies are exported here, ${first} and ${other}, and only one can run: take the word \`export\` away from the other one.`,
  )
}

const crashed = "The compiler could not make sense of this code and did not say where. Undo the last change."

async function runCompiler(
  source: string,
  entry: string,
  core: CoreSources,
  optimize: CodeOptimization,
): Promise<{ binary?: Uint8Array<ArrayBuffer>; diagnostics: CodeDiagnostic[] }> {
  // Loaded here and not above: the compiler awaits at its top level, and a worker that imported it at once would lose
  // its first messages.
  const asc = await import("assemblyscript/asc")
  const diagnostics: CodeDiagnostic[] = []
  let binary: Uint8Array<ArrayBuffer> | undefined
  // Checks the parsed tree, not the text: comments and texts inside texts cannot hide anything from it.
  const lookOut = {
    afterParse(parser: ParsedFiles) {
      const refused = outsideProblems(source, parser)
      diagnostics.push(...refused)
      if (refused.length > 0) throw new Error("refused")
    },
  }
  await asc.main(compilerWords(optimize), {
    transforms: [lookOut as never],
    stdout: asc.createMemoryStream(),
    stderr: asc.createMemoryStream(),
    readFile: (name) => fileOf(name, { source, entry, core }),
    writeFile: (_name, contents) => {
      binary = new Uint8Array(contents as Uint8Array)
    },
    listFiles: () => [],
    reportDiagnostic: (one) => {
      diagnostics.push(diagnosticFrom(source, one as CompilerDiagnostic))
    },
  })
  return { binary, diagnostics }
}

function compilerWords(optimize: CodeOptimization): string[] {
  return [
    "entry.ts",
    "--outFile",
    "strategy.wasm",
    "--runtime",
    "incremental",
    "--enable",
    "simd",
    // Else the collector's frames are cleared by calls of memory.fill, each dearer than the few stores it replaces.
    "--disable",
    "bulk-memory",
    "--noUnsafe",
    "--exportStart",
    "_start",
    "--initialMemory",
    String(HEAP_PAGES),
    "--maximumMemory",
    String(MOST_PAGES),
    optimize === "full" ? "-O3" : "-O0",
  ]
}

/** The compiler's view of files: the entry, the user's file, and the core as a package named candlewright. */
function fileOf(
  name: string,
  { source, entry, core }: { source: string; entry: string; core: CoreSources },
): string | null {
  const path = name.replaceAll("\\", "/").replace(/^(\.\/)+/, "")
  if (path === "entry.ts") return entry
  if (path === "strategy.ts") return source
  // We offer the package wherever the compiler looks: in a browser it assumes another folder than in Node.
  const inPackage = /(?:^|\/)node_modules\/candlewright\/((?!.*node_modules\/).+)$/.exec(path)?.[1]
  if (inPackage === "index.ts") return 'export * from "./core/code/api"\n'
  const inCore = inPackage?.startsWith("core/") ? inPackage.slice("core/".length) : undefined
  if (inCore === "has-code.ts") return "export const HAS_CODE: bool = true\n"
  return inCore !== undefined && Object.hasOwn(core, inCore) ? core[inCore] : null
}
