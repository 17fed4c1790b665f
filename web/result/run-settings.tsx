import type { FillMode } from "#engine/run"
import { fillModes, type RunSetup, setupBounds } from "../run/run-setup.ts"
import { knownVenue, VENUE_TERMS_READ, venueIds, venueTerms } from "../run/venue-terms.ts"
import { formatShort } from "../ui/number-format.ts"
import { NumberField } from "../ui/number-field.tsx"
import { Select } from "../ui/select.tsx"
import { WhatIsThis } from "../what-is-this.tsx"
import { LeverageGap } from "./leverage-gap.tsx"

type RunSettingsProps = {
  setup: RunSetup
  /** Where the market's candles are from, if from an exchange. */
  marketVenue: string | undefined
  /** Whether the strategy may sell what it does not own. */
  goesShort: boolean
  /** Whether the candles say what shorts are paid, or pay, while they are held. */
  hasFunding: boolean
  onChange: (change: Partial<RunSetup>) => void
}

/** How orders fill and what they cost, and how much of the period stays unseen. */
export function RunSettings({ setup, marketVenue, goesShort, hasFunding, onChange }: RunSettingsProps) {
  const venue = setup.venue ?? knownVenue(marketVenue)
  return (
    <div className="flex flex-col gap-3">
      <Select
        label="Exchange"
        value={venue ?? ""}
        choices={[
          ...(venue ? [] : [{ value: "", label: "None chosen" }]),
          ...venueIds.map((id) => ({ value: id, label: venueTerms[id].name, hint: feeHint(id) })),
        ]}
        onChange={(id) => {
          const chosen = knownVenue(id)
          if (chosen) onChange({ venue: chosen, feePercent: venueTerms[chosen].takerFeePercent })
        }}
      />
      <p className="text-sm text-ink-soft">
        Choosing one sets the fee of a new account there, as read on {VENUE_TERMS_READ}, and assumes its usual smallest
        order. Yours may differ: change the fee here.
      </p>
      <div className="grid grid-cols-2 gap-3">
        <NumberField
          label="Fee"
          unit="%"
          about={<WhatIsThis term="fee" />}
          value={setup.feePercent}
          {...setupBounds.feePercent}
          onChange={(feePercent) => onChange({ feePercent })}
        />
        {setup.fills === "conservative" && (
          <>
            <NumberField
              label="Slippage"
              unit="%"
              about={<WhatIsThis term="slippage" />}
              value={setup.slippagePercent}
              {...setupBounds.slippagePercent}
              onChange={(slippagePercent) => onChange({ slippagePercent })}
            />
            <NumberField
              label="Delay"
              unit="candles"
              about={<WhatIsThis term="delay" />}
              value={setup.delayCandles}
              {...setupBounds.delayCandles}
              onChange={(delayCandles) => onChange({ delayCandles: Math.round(delayCandles) })}
            />
          </>
        )}
        <NumberField
          label="Leave unseen"
          unit="%"
          about={<WhatIsThis term="unseen" />}
          value={setup.unseenPercent}
          {...setupBounds.unseenPercent}
          onChange={(unseenPercent) => onChange({ unseenPercent })}
        />
        {(goesShort || setup.leverage !== 1 || setup.fills === "freqtrade") && (
          <NumberField
            label="Leverage"
            unit="×"
            about={<WhatIsThis term="leverage" />}
            value={setup.leverage}
            {...setupBounds.leverage}
            onChange={(leverage) => onChange({ leverage })}
          />
        )}
      </div>
      {(goesShort || setup.leverage > 1) && (
        <p className="text-sm text-ink-soft">{fundingSentence(goesShort, hasFunding)}</p>
      )}
      <Select
        label="Fills"
        value={setup.fills}
        choices={fillModes.map((mode) => ({ value: mode, label: mode === "conservative" ? "Conservative" : mode }))}
        onChange={(mode) => onChange({ fills: mode as FillMode })}
      />
      <p className="text-sm text-ink-soft">{fillWords[setup.fills]}</p>
      <LeverageGap fills={setup.fills} leverage={setup.leverage} />
    </div>
  )
}

function fundingSentence(goesShort: boolean, hasFunding: boolean): string {
  if (!goesShort)
    return "Funding is not counted (0 % assumed): the result leaves out what a leveraged long pays or receives."
  return hasFunding
    ? "The candles include the funding: shorts receive it, or pay it, at each of them."
    : "The candles include no funding, so none is counted (0 % assumed): the result leaves out what a short pays or receives while it is open."
}

const fillWords: Record<FillMode, string> = {
  conservative: "Where a candle does not show what came first, the worse for you is taken.",
  freqtrade: "Fills as freqtrade's backtest does, to compare with a result from there: without slippage and delay.",
  "backtesting.py":
    "Fills as backtesting.py does, to compare with a result from there: whole units only (one whole coin, two …), without slippage and delay.",
}

function feeHint(id: keyof typeof venueTerms): string {
  return `${formatShort(venueTerms[id].takerFeePercent)} %`
}
