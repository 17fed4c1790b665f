import { sha256Hex } from "#engine/candles"

const ENDING = /\.checksum$/i

/** Takes the checksum files out of a batch and gives each to its file; `lonely` ones came without theirs. */
export function withChecksums(files: File[]): { files: { file: File; checksum?: File }[]; lonely: File[] } {
  const sums = files.filter(({ name }) => ENDING.test(name))
  const candleFiles = files.filter(({ name }) => !ENDING.test(name))
  return {
    files: candleFiles.map((file) => ({
      file,
      checksum: sums.find(({ name }) => name.replace(ENDING, "") === file.name),
    })),
    lonely: sums.filter(({ name }) => !candleFiles.some((file) => file.name === name.replace(ENDING, ""))),
  }
}

/**
 * Why a file does not fit its checksum file (`<sha256> <name>`, as sha256sum and Binance write it); undefined when it
 * does.
 */
export async function checksumDefect(file: File, checksum: File): Promise<string | undefined> {
  const expected = /^[0-9a-f]{64}\b/i.exec(checksum.size > 4096 ? "" : await checksum.text())?.[0]
  if (expected === undefined) return `${checksum.name} holds no sha256 checksum; leave it out, or download it again.`
  if (expected.toLowerCase() === (await sha256Hex(await file.arrayBuffer()))) return undefined
  return `It does not match ${checksum.name}: the download is damaged or not the one it was made for. Download both again.`
}
