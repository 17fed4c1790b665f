import { classNames } from "./class-names.ts"

/** A grey bar of the size of the coming content, so that nothing jumps when it arrives. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-sm bg-surface-2", className)} />
}
