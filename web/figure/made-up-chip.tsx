import type { MadeUp } from "../run/made-up.ts"
import { Chip } from "../ui/chip.tsx"

/** Beside every result on made-up prices: nobody must take it for a real one. Nothing where prices are real. */
export function MadeUpChip({ of }: { of: MadeUp | undefined }) {
  return of && <Chip look="grey">{of}</Chip>
}
