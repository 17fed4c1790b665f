import { FileUp } from "lucide-react"
import { useRef } from "react"
import { Button } from "../../../ui/button.tsx"

type FileButtonProps = { label: string; accept: string; onFile: (file: File) => void }

/** A file to choose; `label` is what the choice is called for those who do not see it. */
export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) onFile(file)
          target.value = "" // the same file may be chosen again after a refusal
        }}
      />
      <Button icon={<FileUp aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </>
  )
}
