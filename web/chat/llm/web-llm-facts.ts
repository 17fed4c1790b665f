import type { ModelFacts } from "#models"

/** A model that can be downloaded. Memory as web-llm states it, for processors with and without 16-bit numbers. */
export type DownloadableModel = {
  id: string
  name: string
  about: string
  downloadMb: number
  memoryMb: number
  memoryMbWithoutF16: number
}

/** From the most able down; below one billion weights a model only explains. */
export const downloadableModels: readonly DownloadableModel[] = [
  {
    id: "Qwen3.5-4B",
    name: "Qwen 3.5, 4 billion",
    about: "The best of these at building strategies. For a good laptop.",
    downloadMb: 2_400,
    memoryMb: 3_868,
    memoryMbWithoutF16: 4_680,
  },
  {
    id: "Qwen3.5-2B",
    name: "Qwen 3.5, 2 billion",
    about: "Builds simple strategies. For most laptops.",
    downloadMb: 1_300,
    memoryMb: 2_245,
    memoryMbWithoutF16: 2_592,
  },
  {
    id: "Qwen3.5-0.8B",
    name: "Qwen 3.5, 0.8 billion",
    about: "Explains, and builds little. For a phone or an old laptop.",
    downloadMb: 600,
    memoryMb: 1_629,
    memoryMbWithoutF16: 1_894,
  },
]

/** What is known of one of them before it is asked. */
export function webLlmFacts({ id, name, downloadMb, memoryMb }: DownloadableModel): ModelFacts {
  return {
    id: `web-llm/${id}`,
    model: id,
    name,
    place: "device",
    host: "",
    wire: "envelope",
    strict: "yes",
    schema: "small",
    contextTokens: 4_096,
    reportsCachedTokens: false,
    needs: { webGpu: true, memoryMb, downloadMb },
  }
}
