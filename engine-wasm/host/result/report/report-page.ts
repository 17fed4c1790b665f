import { formatMoney, formatCount, formatPercent, formatShort } from "../../candles/number-format.ts"
import { plainText } from "../../candles/foreign-text.ts"
import { dateWords } from "../../candles/date-words.ts"
import { sha256Base64 } from "../../candles/sha256.ts"
import { leveragedLongGap } from "../leveraged-long.ts"
import { lightQuestions, type Light, type LightId, type LightLevel } from "../lights.ts"
import { ROLLING_DAYS } from "../rolling-sharpe.ts"
import { verdictOf } from "../verdict.ts"
import { barChart } from "./bar-chart.ts"
import { curveOfTrades } from "./curve-of-trades.ts"
import { lineChart } from "./line-chart.ts"
import { foreign, html, type Markup } from "./markup.ts"
import { monthMap } from "./month-map.ts"
import { allFigures, basicFigures } from "./report-figures.ts"
import { reportStyle } from "./report-style.ts"
import { dipTable, groupTables, refusalTable, tradeTable } from "./report-tables.ts"
import type { RunAbout, RunJson } from "./run-json.ts"

/**
 * A run as one HTML file that stands alone: it fetches nothing, runs nothing, and opens from a disk without a network.
 * The same run gives the same file, to the byte. Times are UTC.
 */
export async function reportHtml(run: RunJson): Promise<string> {
  const style = new TextEncoder().encode(reportStyle)
  const policy = `default-src 'none'; style-src 'sha256-${await sha256Base64(style)}'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html`${plainText(nameOf(run), 100)}`.text}: backtest report</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${sectionsOf(run).text}
</main>
</body>
</html>
`
}

function sectionsOf(run: RunJson): Markup {
  const { about, metrics, trades, rejected } = run
  const currency = about?.currency
  return html`${headOf(run)} ${about && lightList(about.lights)} ${picturesOf(run)}
    <section>
      <h2>The numbers seen first</h2>
      ${basicFigures({ metrics, currency })}
    </section>
    ${about && planOf(about)}
    <section>
      <h2>All numbers</h2>
      ${allFigures({ metrics, currency })}
    </section>
    ${about && tablesOf(about)} ${refusalTable(rejected)}
    <section class="trades">
      <h2>Trades</h2>
      ${tradeTable(trades, { currency })}
    </section>
    ${hashesOf(run)}`
}

function nameOf({ about }: RunJson): string {
  return about?.name ?? "A backtest"
}

function headOf(run: RunJson): Markup {
  const { about, metrics } = run
  const number = (value: number | string | null) => (typeof value === "number" ? value : null)
  const verdict = verdictOf({
    cash: about?.account.cash ?? number(metrics.startEquity) ?? 0,
    finalEquity: number(metrics.finalEquity),
    feesPaid: number(metrics.feesPaid),
    maxDrawdownPercent: number(metrics.maxDrawdownPercent),
    holdingFinal: about?.curve.holding.at(-1),
    currency: about?.currency,
    tradeCount: run.trades.length,
  })
  return html`<header class="stack">
    <h1>
      ${foreign(nameOf(run))}${about ? html` on ${about.markets.slice(0, MOST_MARKETS_NAMED).map((market, n) => html`${n > 0 ? ", " : ""}${foreign(market, 60)}`)}${moreOf(about.markets.length)}` : ""}
    </h1>
    ${about && about.description !== "" ? html`<p class="soft wrap">${foreign(about.description, 2_000)}</p>` : ""}
    <p class="verdict">${verdict.map(({ text, strong }) => (strong ? html`<strong>${text}</strong>` : text))}</p>
    ${about && html`<p class="soft">${testedWords(about)}</p>`} ${about && leverageWords(about)}
    ${about?.isMadeUp ? html`<p class="warn">${madeUpWords}</p>` : ""} ${about && dangerList(about)}
  </header>`
}

const madeUpWords = "DEMO DATA: these prices are made up, and nobody ever traded at them."

function leverageWords({ account }: RunAbout): Markup | string {
  const gap = leveragedLongGap(account)
  return gap === undefined ? "" : html`<p class="soft">${gap}</p>`
}

function dangerList({ dangers = [] }: RunAbout): Markup | string {
  if (dangers.length === 0) return ""
  return html`<ul class="dangers" aria-label="Careful">
    ${dangers.map((because) => html`<li class="warn">△ ${foreign(because, 2_000)}</li>`)}
  </ul>`
}

const MOST_MARKETS_NAMED = 8

function moreOf(count: number): string {
  return count > MOST_MARKETS_NAMED ? ` and ${count - MOST_MARKETS_NAMED} more` : ""
}

function testedWords({ candles, timeframe, account, currency }: RunAbout): string {
  const { cash, feePercent, slippagePercent, delayCandles, fills, leverage } = account
  const parts = [
    `Starts with ${formatMoney(cash, currency)}`,
    `fee ${formatShort(feePercent)} %`,
    `slippage ${formatShort(slippagePercent)} %`,
    delayCandles > 0 ? `orders ${formatCount(delayCandles, "candle")} late` : "",
    fills === "conservative" ? "conservative fills" : `fills as ${fills} has them`,
    leverage > 1 ? `leverage ${formatShort(leverage)}` : "",
  ].filter((part) => part !== "")
  return `Tested on ${formatCount(candles.count, "candle")}, ${dateWords(candles.fromMs)} to ${dateWords(candles.toMs)} (UTC), deciding at each close of ${timeframe}. ${parts.join(", ")}.`
}

const levelWords: Record<LightLevel, { word: string; look: string; sign: string }> = {
  good: { word: "Yes", look: "gain", sign: "✓" },
  doubtful: { word: "Doubtful", look: "warn", sign: "△" },
  bad: { word: "No", look: "loss", sign: "✗" },
  unknown: { word: "Unknown", look: "soft", sign: "?" },
}

function lightList(lights: readonly Light[]): Markup {
  return html`<section>
    <h2>Can this result be believed?</h2>
    <ul class="lights">
      ${Object.entries(lightQuestions).map(([id, question]) =>
        lightRow(
          question,
          lights.find((light) => light.id === (id as LightId)),
        ),
      )}
    </ul>
  </section>`
}

function lightRow(question: string, light: Light | undefined): Markup {
  if (!light) return html`<li><b class="soft">Not asked</b><span>${question}</span></li>`
  const { word, look, sign } = levelWords[light.level]
  return html`<li data-light="${light.id}">
    <b class="${look}">${sign} ${word}</b><span><b>${question}</b> ${light.because}</span>
  </li>`
}

function picturesOf(run: RunJson): Markup {
  const { about } = run
  const curve = about?.curve ?? curveOfTrades(run)
  const last = curve.equity.at(-1) ?? 0
  const deepest = curve.underwaterPercent.reduce((a, b) => Math.max(a, b), 0)
  const holding = about ? [{ values: about.curve.holding, look: "held" as const }] : []
  return html`<section class="stack">
    <h2>Pictures</h2>
    ${lineChart({
      title: about ? "Your money and just holding" : "Your money, after each trade",
      summary: `It ended at ${formatMoney(last, about?.currency)}.`,
      openTimeMs: curve.openTimeMs,
      lines: [...holding, { values: curve.equity, look: "money" }],
      height: 260,
      isMoney: true,
      legend: html`<span class="legend"><span class="swatch"></span>Your money</span> ${about && holdingLegend}`,
    })}
    ${lineChart({
      title: "Under water",
      summary: `How far below its highest point the money stood; at worst ${formatPercent(deepest, 2)}.`,
      openTimeMs: curve.openTimeMs,
      lines: [{ values: curve.underwaterPercent.map((percent) => -percent), look: "sea" }],
      height: 130,
      unit: " %",
      floor: 0,
    })}
    ${about && monthMap(about.months)} ${about && rollingOf(about)}
    ${about && barChart({ title: "Profit of the trades", bins: about.profitBins, unit: " %", isSigned: true })}
    ${about && barChart({ title: "How long they were held", bins: about.hourBins, unit: " h", isSigned: false })}
  </section>`
}

const holdingLegend = html`<span class="legend"><span class="swatch dashed"></span>Just holding</span> `

function rollingOf({ rollingSharpe: { dayMs, sharpe } }: RunAbout): Markup | undefined {
  if (dayMs.length < 2) return undefined
  return lineChart({
    title: `Rolling Sharpe, over ${ROLLING_DAYS} days`,
    summary: "How steady the gain was as time went on; 0 is no gain.",
    openTimeMs: dayMs,
    lines: [{ values: sharpe, look: "money" }],
    height: 140,
    floor: 0,
  })
}

function planOf({ plan, params }: RunAbout): Markup {
  const values = params.map(
    ({ label, value }) =>
      html`<dt>${foreign(label, 80)}</dt>
        <dd>${typeof value === "number" ? formatShort(value) : value ? "on" : "off"}</dd>`,
  )
  return html`<section class="stack">
    <h2>Its rules in plain words</h2>
    <ul class="plan">
      ${plan.map((sentence) => html`<li>${foreign(sentence, 4_000)}</li>`)}
    </ul>
    ${
      values.length > 0
        ? html`<div>
            <h3>With these numbers</h3>
            <dl class="pairs">${values}</dl>
          </div>`
        : ""
    }
  </section>`
}

function tablesOf({ tables, dips, currency }: RunAbout): Markup {
  return html`<section>
      <h2>Worst dips</h2>
      ${dipTable(dips, { currency })}
    </section>
    <section>
      <h2>Where it came from</h2>
      ${groupTables(tables, { currency })}
    </section>`
}

function hashesOf({ engine, strategy, data }: RunJson): Markup {
  const rows = [
    ["Engine", engine],
    ["Strategy with its numbers", strategy],
    ["Candles", data],
  ]
  return html`<section class="stack">
    <h2>To repeat it</h2>
    <p>
      The same engine, strategy and candles give the same trades on every machine, to the last bit. These are their
      sha256.
    </p>
    <dl class="pairs">
      ${rows.map(
        ([name, hash]) =>
          html`<dt>${name}</dt>
            <dd class="hash">${foreign(hash, 64)}</dd>`,
      )}
    </dl>
    <p class="soft">Made by Candlewright. What a strategy did on past prices does not tell what it will do.</p>
  </section>`
}
