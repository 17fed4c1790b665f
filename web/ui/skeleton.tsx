import { classNames } from "./class-names.ts"

/** A grey bar of the size of the coming content, so that nothing jumps when it arrives. What takes long pulses. */
export function Skeleton({ className }: { className: string }) {
  // Drawing a pulse takes the computer away from what is waited for.
  const look = "animate-pulse rounded-sm bg-surface-2 [animation-delay:2s]"
  return <div aria-hidden className={classNames(look, className)} />
}
