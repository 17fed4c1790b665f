import { dollarsText } from "#models"
import type { Judged } from "./eval-run.ts"

/** The score in all, by tag and by language, what it cost, and what failed, as Markdown. */
export function evalTable(judged: readonly Judged[]): string {
  const tags = [...new Set(judged.flatMap(({ idea }) => idea.tags))].toSorted()
  const languages = [...new Set(judged.map(({ idea }) => idea.language))].toSorted()
  const rows = [
    row("all", judged),
    ...tags.map((tag) =>
      row(
        tag,
        judged.filter(({ idea }) => idea.tags.includes(tag)),
      ),
    ),
    ...languages.map((language) =>
      row(
        `in ${language}`,
        judged.filter(({ idea }) => idea.language === language),
      ),
    ),
  ]
  const failed = judged.filter(({ why }) => why.length > 0).map(({ idea, why }) => `- ${idea.id}: ${why.join(" · ")}`)
  const head = "| ideas | passed | of | % |\n|---|---:|---:|---:|"
  return [head, ...rows, "", figures(judged), ...(failed.length > 0 ? ["", "Failed:", ...failed] : [])].join("\n")
}

function row(name: string, judged: readonly Judged[]): string {
  const passed = judged.filter(({ why }) => why.length === 0).length
  return `| ${name} | ${passed} | ${judged.length} | ${Math.round((100 * passed) / judged.length)} |`
}

function figures(judged: readonly Judged[]): string {
  const sum = (count: (one: Judged) => number) => judged.reduce((all, one) => all + count(one), 0)
  const cost = judged.some(({ costMicroDollars }) => costMicroDollars === null)
    ? null
    : sum(({ costMicroDollars }) => costMicroDollars ?? 0)
  const latencies = judged.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0)
  return `Tokens in ${sum((one) => one.inputTokens)}, out ${sum((one) => one.outputTokens)}; cost ${dollarsText(cost)}; latency median ${at(0.5)} ms, 95 % ${at(0.95)} ms.`
}
