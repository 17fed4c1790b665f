import { Link } from "@tanstack/react-router"
import { useSyncExternalStore } from "react"
import { hasPairingMark, onPairingMark } from "../db/pairing-mark.ts"
import { Candle } from "./candle.tsx"
import { KillSwitch } from "./kill-switch.tsx"
import { MorePlaces } from "./more-places.tsx"
import { type Place, places } from "./places.ts"

/** Links to every screen: a rail on the left, on a phone a bar at the bottom where the thumb is. */
export function Navigation() {
  const isPaired = useSyncExternalStore(onPairingMark, hasPairingMark)
  return (
    <div className="fixed inset-x-0 bottom-0 z-30 print:hidden border-t border-line bg-surface-1 pb-[env(safe-area-inset-bottom)] md:static md:w-44 md:shrink-0 md:border-t-0 md:border-r">
      <nav aria-label="Screens" className="flex md:sticky md:top-0 md:h-dvh md:flex-col md:gap-1 md:px-3 md:py-4">
        <Link
          to="/"
          className="mb-4 flex items-center gap-2 px-2 py-1 text-base font-semibold text-ink-strong max-md:hidden"
        >
          <Candle className="h-6 w-4" />
          Candlewright
        </Link>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} look={place.isSeldom ? seldom : often} />
        ))}
        <MorePlaces>
          {places
            .filter(({ isSeldom }) => isSeldom)
            .map((place) => (
              <PlaceLink key={place.to} place={place} look={listed} />
            ))}
        </MorePlaces>
        {isPaired && <KillSwitch />}
      </nav>
    </div>
  )
}

const rail =
  "md:flex md:grow-0 md:flex-row md:items-center md:gap-3 md:px-2 md:py-1.5 md:text-sm md:hover:bg-surface-2 md:data-[status=active]:bg-surface-2 md:data-[status=active]:text-ink-strong"
const often = `flex grow flex-col items-center gap-0.5 py-2 text-xs ${rail}`
const seldom = `hidden ${rail}`
const listed = "flex min-h-11 items-center gap-3 px-3"

function PlaceLink({ place: { to, name, Icon }, look }: { place: Place; look: string }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      className={`rounded-md text-ink-soft transition-colors hover:text-ink-strong data-[status=active]:font-semibold data-[status=active]:text-accent ${look}`}
    >
      <Icon aria-hidden className="size-5 md:size-4" />
      {name}
    </Link>
  )
}
