/** Gives the person a file of this text. */
export function saveFile(fileName: string, text: string, type: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}

const MOST_NAME_LETTERS = 60

/** A name as part of a file's: letters and digits of any script, the rest as dashes. */
export function fileNameOf(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-")
  return Array.from(plain).slice(0, MOST_NAME_LETTERS).join("").replaceAll(/^-|-$/g, "") || "strategy"
}
