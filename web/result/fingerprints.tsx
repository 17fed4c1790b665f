import { WhatIsThis } from "../what-is-this.tsx"
import type { RunReport } from "../run/run-report.ts"

/** What decides this result, to the last bit. */
export function Fingerprints({ report: { hashes, resultHash } }: { report: RunReport }) {
  const rows = [
    ["Engine", hashes.engine],
    ["Strategy with its numbers", hashes.strategy],
    ["Candles", hashes.data],
    ["Trades and equity", resultHash],
  ]
  return (
    <div className="flex flex-col gap-3">
      <p className="flex max-w-[72ch] items-center gap-1">
        The same engine, strategy and candles give the same trades on every machine. <WhatIsThis term="hashes" />
      </p>
      <dl className="grid gap-x-6 gap-y-2 md:grid-cols-[auto_1fr]">
        {rows.map(([name, hash]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd data-hash={name} className="font-mono text-sm wrap-anywhere">
              {hash}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
