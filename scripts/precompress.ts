import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

const compressible = /\.(?:html|js|css|wasm|svg|webmanifest|json|csv|txt)$/
/** Below one packet, compression only costs. */
const smallestWorthwhileBytes = 1024

/**
 * Writes FILE.br and FILE.gz beside every text or wasm file under `folder`, so that the relay never compresses while
 * serving.
 */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name))
  await Promise.all(files.map((file) => compressFile(join(file.parentPath, file.name))))
}

async function compressFile(path: string) {
  const plain = await readFile(path)
  await keepIfSmaller(
    `${path}.br`,
    plain,
    await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: qualityOf(plain.length) } }),
  )
  await keepIfSmaller(`${path}.gz`, plain, await promisify(gzip)(plain, { level: plain.length > HUGE_BYTES ? 6 : 9 }))
}

/** The programs of models on the device: nearly nobody fetches them, and every build would wait for their packing. */
const HUGE_BYTES = 5_000_000

/** A first visit waits for a few files of this size, and the best packing takes 8 % off them; for all it takes too long. */
function qualityOf(bytes: number): number {
  if (bytes > HUGE_BYTES) return 5
  return bytes > 100_000 && bytes < 400_000 ? 11 : 9
}

async function keepIfSmaller(path: string, plain: Buffer, packed: Buffer) {
  if (plain.length < smallestWorthwhileBytes || packed.length > plain.length * 0.95) return rm(path, { force: true })
  return writeFile(path, packed)
}
