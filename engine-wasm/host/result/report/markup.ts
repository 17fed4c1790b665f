import { plainText } from "../../candles/foreign-text.ts"

/** Markup that may stand in a page as it is. Only `html` makes it, and what `html` is given as text is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[]

/** Markup from a template: every text put into it is escaped, markup is taken as it is, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((before, text, n) => before + textOf(parts[n - 1]) + text))
}

function textOf(part: Part): string {
  if (part === undefined) return ""
  if (part instanceof Markup) return part.text
  return typeof part === "object" ? part.map(textOf).join("") : escaped(String(part))
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (letter) => entities[letter])
}

/** A stranger's words: bounded, nothing unseen in them, and their writing direction kept to themselves. */
export function foreign(text: string, most = 200): Markup {
  return html`<bdi>${plainText(text, most)}</bdi>`
}
