type Said = { because: string; code: string } | undefined

const answers = [
  {
    code: "exchange-away",
    name: "451, or “not from here”",
    words:
      "The exchange does not serve the country that your internet address is in. Another of the exchanges may; a stand-in or the practice exchange always works.",
  },
  {
    code: "clock-differs",
    name: "−1021, or “outside of the recvWindow”",
    words:
      "The clock of the computer that runs Candlewright is wrong. Let the system set its time by itself, and try again.",
  },
  {
    code: "key-not-accepted",
    name: "−2015, or “invalid API key, IP, or permissions”",
    words:
      "The key was deleted, belongs to the other network (test or real), lacks a right, or may be used from other internet addresses only. Compare all four on the exchange's page.",
  },
  {
    code: "minimum",
    name: "−1013, or “filter failure”",
    words:
      "The key is fine: an order was smaller than the exchange takes. Give the bot more money, or let it hold fewer positions at once.",
  },
]

/** What exchanges say no with, in words, and what to do; the one that was just said is open. */
export function KeyHelp({ said }: { said: Said }) {
  return (
    <section aria-label="When the exchange says no" className="flex flex-col gap-1 text-sm">
      <h3 className="text-ink-soft">When the exchange says no</h3>
      {answers.map(({ code, name, words }) => (
        <details key={`${code} ${said?.code}`} open={said?.code === code} className="border-l-2 border-line pl-3">
          <summary className="min-h-6 cursor-pointer text-ink-strong">{name}</summary>
          <p className="pb-2 text-ink">{words}</p>
        </details>
      ))}
    </section>
  )
}
