import { dateWords } from "../../candles/date-words.ts"
import { metricDefinitions, type MetricKey } from "../metric-definitions.ts"
import type { MetricDefinition, MetricGroup } from "../metric-definition.ts"
import { metricText } from "../metric-text.ts"
import { type MetricsJson, tooFew } from "../metrics-json.ts"
import { foreign, html, type Markup } from "./markup.ts"

const groups: [Exclude<MetricGroup, "basics">, string][] = [
  ["return", "Return"],
  ["risk", "Risk"],
  ["trades", "Trades"],
  ["time", "Time"],
  ["costs", "Costs"],
]

type Definition = MetricDefinition & { key: MetricKey }
type Figures = { metrics: MetricsJson; currency: string | undefined }

/** The eight numbers everybody sees first. */
export function basicFigures(figures: Figures): Markup {
  const few = fewOf(figures.metrics)
  return html`<dl class="basics">
    ${of("basics").map(
      (definition) =>
        html`<div>
          <dt class="soft">${definition.label}</dt>
          ${figure(definition, figures, few)}
          <dd class="soft"><small>${definition.short}</small></dd>
        </div>`,
    )}
  </dl>`
}

/** Every number of the run in groups. */
export function allFigures(figures: Figures): Markup {
  const few = fewOf(figures.metrics)
  return html`<div class="columns">
    ${groups.map(
      ([group, name]) =>
        html`<div>
          <h3>${name}</h3>
          <dl class="pairs">
            ${of(group).map(
              (definition) =>
                html`<dt title="${definition.definition}">${definition.label}</dt>
                  ${figure(definition, figures, few)}`,
            )}
          </dl>
        </div>`,
    )}
  </div>`
}

function of(group: MetricGroup): Definition[] {
  return metricDefinitions.filter((definition) => definition.group === group)
}

function fewOf({ tradeCount, days }: MetricsJson) {
  return tooFew({ tradeCount: Number(tradeCount), days: Number(days) })
}

function figure(definition: Definition, { metrics, currency }: Figures, few: Set<MetricKey>): Markup {
  const value = infinityBack(metrics[definition.key])
  const text = metricText(definition, value, { currency, timeWords: (timeMs) => `${dateWords(timeMs)} UTC` })
  const shown = typeof value === "string" ? foreign(value, 60) : text
  return few.has(definition.key)
    ? html`<dd class="few">${shown} <small>(too few)</small></dd>`
    : html`<dd>${shown}</dd>`
}

/** In JSON it is a word. */
function infinityBack(value: number | string | null): number | string | null {
  return value === "Infinity" || value === "-Infinity" ? Number(value) : value
}
