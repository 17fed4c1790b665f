import type { LoadedCode } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"

let kept: { source: string; loaded: LoadedCode } | undefined

/**
 * The engine for a strategy in code; undefined for rules, which need none of their own. The last one is kept: sliders
 * compile nothing.
 */
export async function codeEngineOf({ code }: StrategyDocument): Promise<LoadedCode | undefined> {
  if (!code) return undefined
  if (kept?.source === code.source) return kept.loaded
  const { compileInBrowser } = await import("./code-compiler.ts")
  kept = { source: code.source, loaded: await compileInBrowser(code.source) }
  return kept.loaded
}
