import { accountFacts, type ExchangeNo, type RealVenueId } from "#venues"

type KeyHelpProps = { venue: RealVenueId; said: { because: string; code: string } | undefined }

const answers: { code: ExchangeNo; name: string; words: string }[] = [
  {
    code: "exchange-away",
    name: "Not from here",
    words:
      "The exchange does not serve the country that your internet address is in. Another of the exchanges may; a stand-in or the practice exchange always works.",
  },
  {
    code: "clock-differs",
    name: "The time is wrong",
    words:
      "The clock of the computer that runs Candlewright is wrong. Let the system set its time by itself, and try again.",
  },
  {
    code: "key-not-accepted",
    name: "The key is not accepted",
    words:
      "The key was deleted, belongs to the other network (test or real), lacks a right, or may be used from other internet addresses only. Compare all four on the exchange's page.",
  },
  {
    code: "minimum",
    name: "Too small an order",
    words:
      "The key is fine: an order was smaller than the exchange takes. Give the bot more money, or let it hold fewer positions at once.",
  },
]

/** What an exchange says no with, in words, and what to do; the one that was just said is open. */
export function KeyHelp({ venue, said }: KeyHelpProps) {
  const { noes } = accountFacts[venue]
  return (
    <section aria-label="When the exchange says no" className="flex flex-col gap-1 text-sm">
      <h3 className="text-ink-soft">When the exchange says no</h3>
      {answers.map(({ code, name, words }) => (
        <details key={`${code} ${said?.code}`} open={said?.code === code} className="border-l-2 border-line pl-3">
          <summary className="min-h-6 cursor-pointer text-ink-strong">
            {noes[code] === undefined ? name : `${name}: ${noes[code]}`}
          </summary>
          <p className="pb-2 text-ink">{words}</p>
        </details>
      ))}
    </section>
  )
}
