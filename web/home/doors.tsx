import { Link } from "@tanstack/react-router"
import { strategyTemplates } from "#engine/strategy"
import { codeBeginning, emptyTemplate } from "../run/template-of.ts"
import { StrategyLimits } from "../strategy/index.ts"
import { buttonClass } from "../ui/button.tsx"

/** The ways on from the first result. */
export function Doors() {
  return (
    <section className="grid gap-x-10 gap-y-6 border-t border-line pt-6 lg:grid-cols-[3fr_1fr]">
      <div>
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 pb-2">
          <h2 className="text-base font-semibold">Pick a template</h2>
          <Link
            to="/templates"
            className="inline-flex min-h-6 items-center text-sm underline underline-offset-4 hover:text-ink-strong"
          >
            All of them, and what each did on a market
          </Link>
        </div>
        <ul className="border-b border-line">
          {strategyTemplates.map((template) => (
            <li key={template.id} className="grid gap-x-6 gap-y-2 border-t border-line py-3 md:grid-cols-[2fr_3fr]">
              <Link to="/backtest" search={{ strategy: template.id }} className="group block">
                <span className="font-medium text-ink-strong underline-offset-4 group-hover:underline">
                  {template.document.name}
                </span>
                <span className="block text-ink-soft">{template.document.description}</span>
              </Link>
              <StrategyLimits template={template} />
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-col items-start gap-3">
        <h2 className="text-base font-semibold">Write your own</h2>
        <p className="max-w-[48ch] text-ink-soft">
          Put rules together from pickers and sliders, or write code with completion. Both are tested while you type.
        </p>
        <div className="flex flex-wrap gap-2">
          <Link to="/backtest" search={{ strategy: emptyTemplate.id }} className={buttonClass("quiet")}>
            Write rules
          </Link>
          <Link to="/backtest" search={{ strategy: codeBeginning.id }} className={buttonClass("quiet")}>
            Write code
          </Link>
        </div>
        <h2 className="pt-3 text-base font-semibold">Test your own candles</h2>
        <p className="max-w-[48ch] text-ink-soft">
          Download a market from an exchange, or drop a candle file. Both are kept in this browser and never leave it.
        </p>
        <Link to="/data" className={buttonClass("quiet")}>
          Bring candles
        </Link>
      </div>
    </section>
  )
}
