import { Link } from "@tanstack/react-router"
import { templates } from "../strategy/index.ts"
import { buttonClass } from "../ui/button.tsx"

/** The ways on from the first result. */
export function Doors() {
  return (
    <section className="grid gap-x-10 gap-y-6 border-t border-line pt-6 md:grid-cols-[3fr_2fr]">
      <div>
        <h2 className="pb-2 text-base font-semibold">Pick a template</h2>
        <ul className="border-b border-line">
          {templates.map(({ id, document, worksWhen }) => (
            <li key={id} className="border-t border-line">
              <Link to="/backtest" search={{ strategy: id }} className="block py-2.5 hover:bg-surface-1">
                <span className="font-medium text-ink-strong">{document.name}</span>
                <span className="block text-ink-soft">Works when: {worksWhen}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-col items-start gap-3">
        <h2 className="text-base font-semibold">Test your own candles</h2>
        <p className="max-w-[48ch] text-ink-soft">
          Download a market from an exchange, or drop a candle file. Both are kept in this browser and never leave it.
        </p>
        <Link to="/data" className={buttonClass("primary")}>
          Bring candles
        </Link>
      </div>
    </section>
  )
}
