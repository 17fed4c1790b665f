import { formatDuration } from "../../candles/duration-format.ts"
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatSignedMoney,
  formatSignedPercent,
} from "../../candles/number-format.ts"
import { dateWords } from "../../candles/date-words.ts"
import type { ExitReason, Rejected, Trade } from "../backtest-result.ts"
import type { Drawdown } from "../drawdown.ts"
import { exitWords } from "../exit-words.ts"
import { refusalWords } from "../refusal-words.ts"
import { rejectedPerReason, type TradeGroup } from "../trade-tables.ts"
import { dayWords } from "./chart-scale.ts"
import { foreign, html, type Markup } from "./markup.ts"
import type { RunAbout } from "./run-json.ts"

type Money = { currency: string | undefined }

/** A longer list would make a file no browser likes to open; what is left out is said. */
export const MOST_TRADES_LISTED = 1_000
const MOST_REFUSALS_LISTED = 100

/** The trades put together by what they share. */
export function groupTables(tables: RunAbout["tables"], money: Money): Markup {
  const traded = (groups: TradeGroup[]) => groups.filter(({ tradeCount }) => tradeCount > 0)
  const perExit = tables.perExitReason.map((group) => ({
    ...group,
    name: exitWords[group.name as ExitReason] ?? group.name,
  }))
  return html`<div class="stack">
    ${groupTable("By market", "Market", tables.perMarket, money)}
    ${groupTable("Why they ended", "Reason", perExit, money)}
    ${(tables.perRegime ?? []).map(({ model, groups }) => groupTable(`By regime at the entry, by “${model}”`, "Regime", groups, money))}
    ${groupTable("By month of the exit, UTC", "Month", tables.perMonth, money)}
    ${groupTable("By weekday of the exit, UTC", "Weekday", tables.perWeekday, money)}
    ${groupTable("By hour of the entry, UTC", "Hour", traded(tables.perHour), money)}
  </div>`
}

function groupTable(
  title: string,
  first: string,
  groups: readonly TradeGroup[],
  { currency }: Money,
): Markup | undefined {
  if (groups.length === 0) return undefined
  const head = [first, "Trades", "Won", "Profit", "Average", "Held", "Fees"]
  return html`<div>
    <h3>${title}</h3>
    ${scrolling(
      title,
      html`<table>
        <thead>
          ${headRow(head)}
        </thead>
        <tbody>
          ${groups.map(
            (group) =>
              html`<tr>
                <th scope="row">${foreign(group.name, 60)}</th>
                <td>${formatNumber(group.tradeCount)}</td>
                <td>${formatPercent(group.winRatePercent, 0)}</td>
                ${signedCell(group.profit, formatSignedMoney(group.profit, currency))}
                <td>${formatSignedPercent(group.averageTradePercent, 2)}</td>
                <td>${group.averageTradeMs === null ? "—" : formatDuration(group.averageTradeMs)}</td>
                <td>${formatMoney(group.feesPaid, currency)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
  </div>`
}

/** The deepest falls of the money. */
export function dipTable(dips: readonly Drawdown[], { currency }: Money): Markup {
  if (dips.length === 0) return html`<p>The money never stood below where it had been.</p>`
  return scrolling(
    "Worst dips",
    html`<table>
      <thead>
        ${headRow(["Depth", "Money", "From", "Bottom", "Made good", "Under water"])}
      </thead>
      <tbody>
        ${dips.map(
          ({ percent, money, startMs, bottomMs, recoveryMs, underwaterMs }) =>
            html`<tr>
              <td class="loss">−${formatPercent(percent, 2)}</td>
              <td>−${formatMoney(money, currency)}</td>
              <td>${dayWords(startMs)}</td>
              <td>${dayWords(bottomMs)}</td>
              <td>${recoveryMs === null ? "not yet" : dayWords(recoveryMs)}</td>
              <td>${formatDuration(underwaterMs)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )
}

/** Every trade, as far as there is room. */
export function tradeTable(trades: readonly Trade[], { currency }: Money): Markup {
  if (trades.length === 0) return html`<p>There were no trades.</p>`
  const left = trades.length - MOST_TRADES_LISTED
  const head = [
    "Market",
    "Side",
    "Entered (UTC)",
    "At",
    "Left (UTC)",
    "At",
    "Quantity",
    "Profit",
    "%",
    "Fees",
    "Why it ended",
  ]
  return html`${left > 0 ? html`<p class="soft">The first ${formatNumber(MOST_TRADES_LISTED)} of ${formatNumber(trades.length)} trades. The other ${formatNumber(left)} are in every figure and picture above, and one by one in the CSV and JSON files of this run.</p>` : ""}${scrolling(
    "Trades",
    html`<table>
      <thead>
        ${headRow(head)}
      </thead>
      <tbody>
        ${trades.slice(0, MOST_TRADES_LISTED).map((trade) => tradeRow(trade, currency))}
      </tbody>
    </table>`,
  )}`
}

function tradeRow(trade: Trade, currency: string | undefined): Markup {
  return html`<tr>
    <td>${foreign(trade.market, 60)}</td>
    <td>${trade.side}</td>
    <td>${dateWords(trade.entryTimeMs)}</td>
    <td>${formatPrice(trade.entryPrice)}</td>
    <td>${dateWords(trade.exitTimeMs)}</td>
    <td>${formatPrice(trade.exitPrice)}</td>
    <td>${formatQuantity(trade.quantity)}</td>
    ${signedCell(trade.profit, formatSignedMoney(trade.profit, currency))}${signedCell(trade.profit, formatSignedPercent(trade.profitPercent, 2))}
    <td>${formatMoney(trade.feesPaid, currency)}</td>
    <td class="words">${exitWords[trade.exitReason]}</td>
  </tr>`
}

/** Entries the rules asked for that were not placed, by reason and then one by one. */
export function refusalTable(rejected: readonly Rejected[]): Markup | undefined {
  if (rejected.length === 0) return undefined
  const left = rejected.length - MOST_REFUSALS_LISTED
  return html`<section>
    <h2>Entries that were refused</h2>
    <div class="stack">
      ${scrolling(
        "Refused entries by reason",
        html`<table>
          <thead>
            ${headRow(["Why not", "Times"])}
          </thead>
          <tbody>
            ${rejectedPerReason(rejected).map(
              ({ reason, count }) =>
                html`<tr>
                  <th scope="row">${refusalWords[reason]}</th>
                  <td>${formatNumber(count)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      <details>
        <summary>
          ${left > 0 ? `The first ${formatNumber(MOST_REFUSALS_LISTED)} of ${formatNumber(rejected.length)}, one by one` : "One by one"}
        </summary>
        ${scrolling(
          "Refused entries, one by one",
          html`<table>
            <thead>
              ${headRow(["When (UTC)", "Market", "Why not"])}
            </thead>
            <tbody>
              ${rejected.slice(0, MOST_REFUSALS_LISTED).map(
                ({ timeMs, market, reason }) =>
                  html`<tr>
                    <td>${dateWords(timeMs)}</td>
                    <td>${foreign(market, 60)}</td>
                    <td class="words">${refusalWords[reason]}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}
      </details>
    </div>
  </section>`
}

/** What is wider than a phone can be scrolled, by keyboard too. */
function scrolling(title: string, table: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">${table}</div>`
}

function headRow(names: readonly string[]): Markup {
  return html`<tr>
    ${names.map((name) => html`<th scope="col">${name}</th>`)}
  </tr>`
}

function signedCell(profit: number, text: string): Markup {
  return html`<td class="${profit > 0 ? "gain" : profit < 0 ? "loss" : "soft"}">${text}</td>`
}
