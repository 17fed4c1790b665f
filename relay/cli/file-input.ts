import { constants, createReadStream, openSync } from "node:fs"
import { stat } from "node:fs/promises"
import { Socket } from "node:net"
import { Readable } from "node:stream"
import { quoted, type ByteStream } from "#engine/candles"
import { HonestNo } from "./command.ts"
import { diskFailure } from "../store/disk-failure.ts"

/** A pipe without any data for this long times out. */
const LONGEST_SILENCE_MS = 10_000
/** No strategy or script is larger. */
const strategyText: WholeText = { mostBytes: 4 * 2 ** 20, what: "strategy" }

/** A run of half a million trades takes about 200 MB. */
export const runText: WholeText = { mostBytes: 256 * 2 ** 20, what: "run" }

/** How large a text may be that a command reads whole, and what it is. */
export type WholeText = { mostBytes: number; what: string }

const read = new Set<string>()

/** Whether this command has read the file, by whatever name: writing there would destroy its own input. */
export function wasRead({ dev, ino }: { dev: number; ino: number }): boolean {
  return read.has(`${dev}:${ino}`)
}

/** A file's or pipe's bytes as they arrive, "-" for standard input; throws `HonestNo` for anything else. */
export async function openInput(file: string): Promise<ByteStream> {
  if (file === "-") return openStandardInput()
  const found = await orNo(file, stat(file))
  if (found.isDirectory()) throw new HonestNo(`${quoted(file, 200)} is a folder; name a file in it.`, { file })
  if (found.isFIFO()) return streamOf(await openPipe(file))
  if (found.isFile()) read.add(`${found.dev}:${found.ino}`)
  if (found.isFile() || file === "/dev/stdin") return streamOf(createReadStream(file))
  throw new HonestNo(`${quoted(file, 200)} is a device and not a file.`, { file })
}

/** A whole text file; `HonestNo` when it cannot be read, or is larger than anything of its kind. */
export async function readTextFile(file: string, { mostBytes, what } = strategyText): Promise<string> {
  const reader = (await openInput(file)).getReader()
  const parts: Uint8Array[] = []
  let bytes = 0
  for (let next = await orNo(file, reader.read()); !next.done; next = await orNo(file, reader.read())) {
    bytes += next.value!.length
    if (bytes > mostBytes) {
      await reader.cancel().catch(() => undefined)
      throw new HonestNo(
        `${quoted(file, 200)} is larger than ${Math.round(mostBytes / 2 ** 20)} MB, which no ${what} is.`,
        { file },
      )
    }
    parts.push(next.value!)
  }
  return Buffer.concat(parts).toString("utf8")
}

/** Turns what the system refuses about a file into `HonestNo`. */
export async function orNo<Answer>(file: string, promised: Promise<Answer>): Promise<Answer> {
  try {
    return await promised
  } catch (error) {
    const because = diskFailure(error, file)
    throw because === undefined ? error : new HonestNo(because, { file })
  }
}

/** Opens a pipe without waiting for a writer, and gives up when none comes. */
async function openPipe(file: string): Promise<Socket> {
  const opened = async () => openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  const fd = await orNo(file, opened())
  const pipe = new Socket({ fd, readable: true, writable: false })
  refuseSilence(pipe, file)
  return pipe
}

function openStandardInput(): ByteStream {
  const { stdin } = process
  if (stdin.destroyed || stdin.readableEnded)
    throw new HonestNo("Standard input is read already, and can be read once; name a file.", { file: "-" })
  if (!stdin.isTTY) refuseSilence(stdin, "-")
  return streamOf(stdin)
}

function refuseSilence(pipe: Readable & { bytesRead?: number }, file: string): void {
  const silence = `Nothing has come through the pipe ${quoted(file, 200)} for ${LONGEST_SILENCE_MS / 1000} seconds.`
  AbortSignal.timeout(LONGEST_SILENCE_MS).addEventListener("abort", () => {
    if (pipe.bytesRead === 0) pipe.destroy(new HonestNo(silence, { file }))
  })
}

function streamOf(readable: Readable): ByteStream {
  return Readable.toWeb(readable) as unknown as ByteStream
}
