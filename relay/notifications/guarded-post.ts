import type { IncomingMessage } from "node:http"
import { type GuardedRequest, guardedRequest } from "../door/guarded-request.ts"

/** What a person's own address answered. */
export type PostAnswer = { status: number; text: string; headers: IncomingMessage["headers"] }

type Post = Omit<GuardedRequest, "method" | "signal"> & { body: string | Uint8Array }

const ANSWER_WITHIN_MS = 30_000
const MOST_ANSWER_BYTES = 1_048_576

/** Sends JSON to an address that a person gave, and reads its answer, all within 30 seconds. Throws where it cannot. */
export async function guardedPost(post: Post): Promise<PostAnswer> {
  const late = new AbortController()
  const cancel = post.surroundings.after(ANSWER_WITHIN_MS, () => late.abort())
  try {
    return await read(await guardedRequest({ ...post, method: "POST", signal: late.signal }))
  } catch (error) {
    throw late.signal.aborted ? new Error("it does not answer") : error
  } finally {
    cancel()
  }
}

async function read(answer: IncomingMessage): Promise<PostAnswer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > MOST_ANSWER_BYTES) throw new Error("its answer is too long")
    pieces.push(piece)
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8"), headers: answer.headers }
}
