import { plainLines } from "#engine/candles"
import { CLAIMED, claimsAct } from "./claimed-act.ts"

/** Nobody reads more in a chat. */
const MOST_LETTERS = 4_000

/**
 * A model's words as plain text: no pictures, no links and no markup that a screen could fetch or follow. An address
 * stays as letters, cut to its host, so that nothing can be carried out in it.
 */
export function safeText(written: string): string {
  const plain = written
    .replace(/!\[([^\]]*)\]\s*(?:\([^)]*\)?|\[[^\]]*\])/g, "$1")
    .replace(/\[([^\]]*)\]\s*\([^)]*\)?/g, "$1")
    .replace(/^\s{0,3}\[[^\]]+\]:\s*\S.*$/gm, "")
    .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, "")
    .replace(
      /\b(?:https?|ftp|wss?|data|javascript|file|blob):(?:\/\/)?([^\s/?#"'<>)]*)[^\s"'<>)]*/gi,
      (_, host: string) => host,
    )
    .replace(/^#{1,6}\s+/gm, "")
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, "$2")
    .replace(/```[a-z]*\n?/gi, "")
  const lines = plainLines(plain)
    .replace(/\n{3,}/g, "\n\n")
    .trim()
  return lines.length > MOST_LETTERS ? `${lines.slice(0, MOST_LETTERS)}…` : lines
}

/** The same; where the model claims to have done what it cannot do, our own sentence stands instead of all of it. */
export function honestText(written: string): string {
  const text = safeText(written)
  return claimsAct(text) ? CLAIMED : text
}
