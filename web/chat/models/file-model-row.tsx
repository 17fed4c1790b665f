import { FileUp } from "lucide-react"
import { useRef, useState } from "react"
import { formatBytes, plainText } from "#engine/candles"
import { ModelFailure } from "#models"
import { Button } from "../../ui/button.tsx"
import { keepGguf, MOST_GGUF_BYTES } from "../llm/gguf-store.ts"
import { DeviceRow } from "./device-row.tsx"
import { usePreparing } from "./use-preparing.ts"

/** A model from a file of the person's own, copied into the browser's private folder. */
export function FileModel() {
  const input = useRef<HTMLInputElement>(null)
  const preparing = usePreparing()
  const [copied, setCopied] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const stopping = useRef<AbortController>(undefined)
  const take = async (file: File) => {
    const own = new AbortController()
    stopping.current = own
    setProblem(undefined)
    setCopied(0)
    try {
      const kept = await keepGguf(file, { onShare: setCopied, signal: own.signal })
      const name = plainText(file.name.replace(/\.gguf$/i, ""), 60)
      await preparing.prepare({ id: `file/${kept.id}`, name, isOn: true, tier: "strong", kind: "file", file: kept })
    } catch (error) {
      if (!own.signal.aborted) setProblem(error instanceof ModelFailure ? error.message : String(error))
    } finally {
      setCopied(undefined)
    }
  }
  const progress = copied === undefined ? preparing.progress : { share: copied, words: "Copying the file" }
  return (
    <DeviceRow
      name="A model in a file of yours"
      about="Any small chat model in the GGUF format. It runs on the processor, without graphics memory."
      needs={`At most ${formatBytes(MOST_GGUF_BYTES)}. It is copied into this browser and needs about as much memory as the file is large.`}
      isUsed={false}
      preparing={{
        progress,
        problem: problem ?? preparing.problem,
        stop: copied === undefined ? preparing.stop : () => stopping.current?.abort(),
      }}
      action={
        <>
          <input
            ref={input}
            type="file"
            hidden
            aria-label="A model's file"
            accept=".gguf"
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) void take(file)
              target.value = "" // the same file may be chosen again after a refusal
            }}
          />
          <Button icon={<FileUp aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
        </>
      }
    />
  )
}
