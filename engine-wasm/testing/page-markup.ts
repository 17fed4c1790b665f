export type PageElement = { name: string; attributes: [string, string][] }

/**
 * The elements of a page in their order, read strictly: throws where a tag is not closed, an attribute has no quotes or
 * a letter stands bare that would be read as a tag. Browsers forgive all that, each in its own way.
 */
export function elementsOf(page: string): PageElement[] {
  const elements: PageElement[] = []
  const open: string[] = []
  const empty = /^(meta|br|line|path|rect)$/
  for (const [, isEnd, name, attributes, isSelfClosed] of markupOf(page).matchAll(TAG)) {
    if (isEnd) {
      const last = open.pop()
      if (last !== name) throw new Error(`</${name}> closes <${last}>`)
      continue
    }
    elements.push({ name, attributes: attributesOf(attributes) })
    if (!isSelfClosed && !empty.test(name)) open.push(name)
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`)
  return elements
}

/** What a page says, spaces made one. */
export function textOf(page: string): string {
  const bare = markupOf(page).replaceAll(TAG, " ")
  return spaced(bare.replaceAll(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => letters[name]))
}

/** A text as `textOf` has it, to be looked for there. */
export function spaced(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/ (?=[,.])/g, "")
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z0-9:-]+="[^"<>]*")*)\s*(\/?)>/g
const letters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`" }

function markupOf(page: string): string {
  const markup = page.replace(/^<!doctype html>\n/, "").replace(/<style>[^<]*<\/style>/, "<style></style>")
  const stray = /.{0,40}[<>].{0,40}/.exec(markup.replaceAll(TAG, ""))
  if (stray) throw new Error(`a bare bracket: ${stray[0]}`)
  return markup
}

function attributesOf(text: string): [string, string][] {
  return [...text.matchAll(/\s+([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])
}
