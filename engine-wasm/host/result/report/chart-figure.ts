import { picture, px, tickWords, type Scale } from "./chart-scale.ts"
import { html, type Markup } from "./markup.ts"

type ChartFigure = {
  title: string
  /** What the picture shows, in a sentence or two. */
  summary: string
  height: number
  legend?: Markup
  /** What is drawn within the picture. */
  drawing: readonly (Markup | readonly Markup[])[]
}

/** What every picture of a report has: a name, a place that scrolls on a phone, and its sentence below it. */
export function chartFigure({ title, summary, height, legend, drawing }: ChartFigure): Markup {
  return html`<figure>
    <h3>${title}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}, picture">
      <svg viewBox="0 0 ${picture.width} ${height}" role="img" aria-label="${title}. ${summary}">${drawing}</svg>
    </div>
    <figcaption>${legend}${summary}</figcaption>
  </figure>`
}

/** Lines across the picture with their values right of it. */
export function valueAxis({ ticks, at }: Pick<Scale, "at" | "ticks">, unit = ""): Markup[] {
  const right = picture.width - picture.right
  return ticks.map((tick) => {
    const y = px(at(tick))
    return html`<line class="grid" x1="${picture.left}" x2="${right}" y1="${y}" y2="${y}" />
      <text x="${right + 6}" y="${y + 4}">${tickWords(tick, ticks)}${unit}</text>`
  })
}
