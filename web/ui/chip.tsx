import { classNames } from "./class-names.ts"

export type ChipLook = "grey" | "blue" | "violet" | "red"

const looks: Record<ChipLook, string> = {
  grey: "border-dashed border-mode-demo text-mode-demo",
  blue: "border-mode-paper text-mode-paper",
  violet: "border-dotted border-mode-testnet text-mode-testnet",
  red: "border-2 border-solid border-mode-live font-bold text-mode-live",
}

/** A word in a frame. Each look differs in its border too, so that it reads without colour. */
export function Chip({ look, children }: { look: ChipLook; children: string }) {
  return (
    <span
      className={classNames(
        "inline-flex h-6 items-center rounded-sm border px-2 text-xs font-semibold tracking-wide whitespace-nowrap",
        looks[look],
      )}
    >
      {children}
    </span>
  )
}
