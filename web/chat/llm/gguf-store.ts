import { ModelFailure } from "#models"
import { isStorageFull } from "../../db/unavailable.ts"

/** A model's file in this browser's private folder. */
export type GgufFile = { id: string; name: string; bytes: number }

/** What the browser gives llama.cpp at most in one piece. */
export const MOST_GGUF_BYTES = 2_000_000_000

const FOLDER = "models"

/** Copies a file a person chose into the browser's folder, and tells how far it is. Throws `ModelFailure`s. */
export async function keepGguf(
  file: File,
  { onShare, signal }: { onShare: (share: number) => void; signal: AbortSignal },
): Promise<GgufFile> {
  await refuseOther(file)
  const kept = { id: crypto.randomUUID(), name: file.name, bytes: file.size }
  try {
    const handle = await (await folder()).getFileHandle(kept.id, { create: true })
    const target = await handle.createWritable()
    let done = 0
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        done += piece.length
        onShare(done / file.size)
        controller.enqueue(piece)
      },
    })
    await file.stream().pipeThrough(counted).pipeTo(target, { signal })
    return kept
  } catch (error) {
    await removeGguf(kept)
    signal.throwIfAborted()
    throw isStorageFull(error) ? new ModelFailure("quota") : new ModelFailure("gone", { because: unreadable(error) })
  }
}

/** The file's bytes; undefined where it is not there. */
export async function ggufBlob({ id }: GgufFile): Promise<Blob | undefined> {
  try {
    return await (await (await folder()).getFileHandle(id)).getFile()
  } catch {
    return undefined
  }
}

export async function storedGgufBytes(file: GgufFile): Promise<number> {
  return (await ggufBlob(file))?.size ?? 0
}

/** Deletes the file; one that is gone already is deleted. */
export async function removeGguf({ id }: GgufFile): Promise<void> {
  await folder()
    .then((models) => models.removeEntry(id))
    .catch(() => {})
}

/** A GGUF file begins with its name: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
async function refuseOther(file: File): Promise<void> {
  const begin = new TextDecoder().decode(await file.slice(0, 4).arrayBuffer())
  if (begin !== "GGUF")
    throw new ModelFailure("badOutput", {
      because: "This file is no model in the GGUF format.",
      nextStep: "Choose a file that ends in .gguf, such as a small chat model in Q4.",
    })
  if (file.size > MOST_GGUF_BYTES)
    throw new ModelFailure("tooBig", {
      because: "This file is larger than the 2 GB a browser can run.",
      nextStep: "Choose a smaller model, or one with fewer bits.",
    })
}

function unreadable(error: unknown): string {
  return `The file could not be copied (${error instanceof Error ? error.message.slice(0, 120) : "unknown"}).`
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(FOLDER, { create: true })
}
