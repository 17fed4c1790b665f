import { useEffect, useState } from "react"
import type { Gpu } from "../llm/web-llm-model.ts"

/** What this browser's graphics processor offers; undefined until that is known. */
export type GpuFound = { isThere: boolean; hasF16: boolean }

/** Looks at the graphics processor, before anything of a model is downloaded. */
export function useGpu(): GpuFound | undefined {
  const [found, setFound] = useState<GpuFound>()
  useEffect(() => {
    const { gpu } = navigator as { gpu?: Gpu }
    const look = async () => {
      const adapter = await gpu?.requestAdapter().catch(() => null)
      setFound({ isThere: Boolean(adapter), hasF16: adapter?.features.has("shader-f16") ?? false })
    }
    void look()
  }, [])
  return found
}
