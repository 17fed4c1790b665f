import { formatBytes } from "#engine/candles"
import { Button } from "../../ui/button.tsx"
import type { DownloadableModel } from "../llm/web-llm-facts.ts"
import { DeviceRow } from "./device-row.tsx"
import type { GpuFound } from "./use-gpu.ts"
import { usePreparing } from "./use-preparing.ts"

type DownloadRowProps = { model: DownloadableModel; gpu: GpuFound | undefined; isUsed: boolean }

/** A model that is downloaded once and kept. */
export function DownloadRow({ model, gpu, isUsed }: DownloadRowProps) {
  const preparing = usePreparing()
  const { id, name, about, downloadMb, memoryMb, memoryMbWithoutF16 } = model
  const mb = (count: number) => formatBytes(count * 1_000_000)
  const memory = gpu?.isThere && !gpu.hasF16 ? memoryMbWithoutF16 : memoryMb
  const needs = `Downloads about ${mb(downloadMb)} from huggingface.co, once. Needs ${mb(memory)} of graphics memory.`
  return (
    <DeviceRow
      name={name}
      about={about}
      needs={gpu?.isThere === false ? `${needs} This browser offers no graphics processor for it.` : needs}
      isUsed={isUsed}
      preparing={preparing}
      action={
        <Button
          disabled={!gpu?.isThere}
          onClick={() =>
            void preparing.prepare({ id: `web-llm/${id}`, name, isOn: true, tier: "strong", kind: "webLlm", model: id })
          }
        >
          Download and use
        </Button>
      }
    />
  )
}
