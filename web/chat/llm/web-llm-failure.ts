import { ModelFailure, type ModelFailureKind } from "#models"

/** What web-llm's bare errors mean, by their names and words (0.2.86). */
const patterns: [ModelFailureKind, RegExp][] = [
  ["noGpu", /WebGPUNot(Available|Found)Error|ShaderF16SupportError|FeatureSupportError|requestAdapter/],
  ["tooBig", /DeviceLostError|out of memory|OOM|maxStorageBufferBindingSize|allocat/i],
  ["quota", /QuotaExceededError|quota/i],
  ["contextFull", /ContextWindowSizeExceededError|context window/i],
  // A refused file, an unreachable host, and a page that says "not found" in place of the library.
  ["offlineOrBlocked", /Failed to fetch|NetworkError|Cache|CompileError|magic word|fetch/i],
  ["gone", /ModelNotFoundError|ModelNotLoadedError/],
]

/** The failure a person hears of. */
export function webLlmFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error
  const { name = "", message = "" } = error as Partial<Error>
  const kind = patterns.find(([, pattern]) => pattern.test(`${name} ${message}`))?.[0] ?? "gone"
  if (kind === "offlineOrBlocked")
    return new ModelFailure(kind, {
      because: "The model could not be downloaded.",
      nextStep: "Check the internet connection and try again: what is there already is kept.",
    })
  return new ModelFailure(kind, kind === "gone" ? { because: `The model stopped (${message.slice(0, 120)}).` } : {})
}
