import { plainLines } from "#engine/candles"

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

/** Sentences that say something was done which no model can do here. */
const claims =
  /\b(?:order (?:was |has been |is |)?(?:placed|sent|filled|executed|submitted)|(?:i|we)(?:'ve| have|) (?:bought|sold|placed|executed|activated|deployed|started|saved|applied|transferred|withdrawn)|(?:trade|purchase|sale) (?:was |has been |)?(?:executed|done|completed)|is now (?:live|running|active|trading)|(?:has been|was|is) (?:applied|confirmed|activated|deployed|saved)|orden ejecutada|order ausgeführt|ordre exécuté)\b/i

const NOTHING_DONE =
  "(Nothing was bought, sold, started or saved: only you can do that, and not from what a model says.)"

/** The same, with our own word where the model claims to have done something. */
export function honestText(written: string): string {
  const text = safeText(written)
  return claims.test(text) ? `${text}\n${NOTHING_DONE}` : text
}
