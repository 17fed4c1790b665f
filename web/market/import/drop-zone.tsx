import { FileUp } from "lucide-react"
import { type DragEvent, type ReactNode, useRef, useState } from "react"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { importFiles } from "./import-queue.ts"

/** A place to drop candle files on, with a button for those who would rather pick them. */
export function DropZone({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false)
  const onDragOver = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    importFiles(event.dataTransfer.files)
  }
  return (
    <div
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={classNames(
        "flex flex-col items-start gap-3 rounded-lg border border-dashed p-4 transition-colors sm:flex-row sm:items-center sm:justify-between sm:gap-6",
        over ? "border-accent bg-surface-1" : "border-control-line",
      )}
    >
      <div className="max-w-[64ch] text-ink-soft">{children}</div>
      <FilePicker />
    </div>
  )
}

function FilePicker() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Candle files"
        accept=".csv,.txt,.tsv,.json,.feather,.gz,.zip,.checksum,.CHECKSUM,text/csv,application/json,application/zip,application/gzip"
        onChange={({ target }) => {
          importFiles([...(target.files ?? [])])
          target.value = "" // the same file may be picked again after a refusal
        }}
      />
      <Button icon={<FileUp aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
        Choose files
      </Button>
    </>
  )
}
