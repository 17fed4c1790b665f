import type { WrittenStrategy } from "#engine/strategy"

const keyOf = (template: string) => `candlewright.changed-template.${template}`

/** A changed template that is not in the library yet. `changedAtMs`: unknown of one put aside by an older version. */
export type AsideDraft = { document: WrittenStrategy; changedAtMs?: number }

let newest: { template: string; document: WrittenStrategy | undefined } | undefined

/** Keeps a changed template that is not in the library yet; undefined forgets it. */
export function putDraftAside(template: string, document: WrittenStrategy | undefined): void {
  // A slider's step puts it aside at once, and again when it is drawn.
  if (newest?.template === template && newest.document === document) return
  newest = { template, document }
  try {
    if (document === undefined) localStorage.removeItem(keyOf(template))
    else putText(template, JSON.stringify(document))
  } catch {
    // A private window may refuse: the changes then last as long as the screen.
  }
}

/** Opening it again does not change it: the moment stays that of the last change. */
function putText(template: string, text: string) {
  const head = `{"document":${text},`
  if (localStorage.getItem(keyOf(template))?.startsWith(head)) return
  localStorage.setItem(keyOf(template), `${head}"changedAtMs":${Date.now()}}`)
}

/** What a person had changed in a template and not kept. */
export function draftAside(template: string): AsideDraft | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(template)) ?? "null")
    const aside = isStrategy(stored) ? { document: stored } : (Object(stored) as Partial<AsideDraft>)
    return isStrategy(aside.document) ? { document: aside.document, changedAtMs: timeOf(aside) } : undefined
  } catch {
    return undefined
  }
}

function timeOf({ changedAtMs }: Partial<AsideDraft>): number | undefined {
  return Number.isFinite(changedAtMs) ? changedAtMs : undefined
}

/** Not more than the look of one: a draft may be unfinished, and the test says what is wrong with it. */
function isStrategy(stored: unknown): stored is WrittenStrategy {
  return (Object(stored) as Partial<WrittenStrategy>).format === "candlewright.strategy/1"
}
