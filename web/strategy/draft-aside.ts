import type { WrittenStrategy } from "#engine/strategy"

const keyOf = (template: string) => `candlewright.changed-template.${template}`

let newest: { template: string; document: WrittenStrategy | undefined } | undefined

/** Keeps a changed template that is not in the library yet; undefined forgets it. */
export function putDraftAside(template: string, document: WrittenStrategy | undefined): void {
  // A slider's step puts it aside at once, and again when it is drawn.
  if (newest?.template === template && newest.document === document) return
  newest = { template, document }
  try {
    if (document === undefined) localStorage.removeItem(keyOf(template))
    else localStorage.setItem(keyOf(template), JSON.stringify(document))
  } catch {
    // A private window may refuse: the changes then last as long as the screen.
  }
}

/** What a person had changed in a template and not kept. */
export function draftAside(template: string): WrittenStrategy | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(template)) ?? "null")
    return isStrategy(stored) ? stored : undefined
  } catch {
    return undefined
  }
}

/** Not more than the look of one: a draft may be unfinished, and the test says what is wrong with it. */
function isStrategy(stored: unknown): stored is WrittenStrategy {
  return (Object(stored) as Partial<WrittenStrategy>).format === "candlewright.strategy/1"
}
