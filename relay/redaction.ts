const HIDDEN = "(hidden)"

// What might be a secret, or carry one: PEM blocks, credentials, queries of addresses (they are signed), dumps of bytes,
// and long runs of letters and digits such as keys, signatures and their encodings.
const suspects: [RegExp, string][] = [
  [/-----BEGIN [^-]{1,40}-----[\s\S]*?(-----END [^-]{1,40}-----|$)/g, HIDDEN],
  [/\b(Bearer|Proof|Basic)\s+\S+/gi, `$1 ${HIDDEN}`],
  [/\b((?:https?|wss?):\/\/[^\s?"'<>]*)\?[^\s"'<>]*/g, `$1?${HIDDEN}`],
  [/<Buffer[^>]*>/g, HIDDEN],
  [/\d{1,3}(?:\s*,\s*\d{1,3}){11,}/g, HIDDEN],
  [/[\w+=%-]{24,}/g, HIDDEN],
]
/** A word of a program, which has no digit: it is no key. */
const plainWord = /^[A-Za-z_-]*$/

/** A text for a log, without what might be a secret. Stack traces stay readable. */
export function withoutSecrets(text: string): string {
  return suspects.reduce(
    (left, [pattern, shown]) =>
      left.replace(pattern, (found: string, kept?: string) =>
        plainWord.test(found) ? found : shown.replace("$1", typeof kept === "string" ? kept : ""),
      ),
    text,
  )
}
