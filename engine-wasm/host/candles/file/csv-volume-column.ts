import { isMoney, tickVolumeNames, volumeNames, volumeUnit } from "./csv-names.ts"

/** A table's volume column: in base units where there is a choice. -1: none. */
export type VolumeCells = {
  volume: number
  /** Where the volume stands in two columns, by the direction of trades, the second one. */
  volumePlus?: number
  /** How often the price changed; brokers without real volume report this. */
  tickVolume: number
  /** The volume counts money, for there is no other. */
  volumeIsMoney: boolean
}

const pairs = [
  ["up", "down"],
  ["upvolume", "downvolume"],
  ["upvol", "downvol"],
  ["buyvolume", "sellvolume"],
  ["bidvolume", "askvolume"],
]

/** Which column is the volume. `affix` makes a name one of the chosen market's, where several are side by side. */
export function volumeCells(plain: string[], affix: (name: string) => string = (name) => name): VolumeCells {
  const own = plain.indexOf(affix("volume"))
  const known = volumeNames.find((name) => plain.includes(name))
  const tickName = tickVolumeNames.find((name) => plain.includes(name))
  const tickVolume = tickName === undefined ? -1 : plain.indexOf(tickName)
  if (own >= 0) return { volume: own, tickVolume, volumeIsMoney: false }
  if (known !== undefined) return { volume: plain.indexOf(known), tickVolume, volumeIsMoney: false }
  const units = plain.map(volumeUnit)
  // "Volume BTC", "Volume USD": the one that is not money is the traded coin; of two such the first, as exporters
  // write them.
  const traded = units.findIndex((unit) => unit !== undefined && !isMoney(unit))
  if (traded >= 0) return { volume: traded, tickVolume, volumeIsMoney: false }
  const pair = pairs.map((names) => names.map((name) => plain.indexOf(name))).find((cells) => !cells.includes(-1))
  if (pair !== undefined) return { volume: pair[0], volumePlus: pair[1], tickVolume, volumeIsMoney: false }
  const inMoney = units.findIndex((unit) => unit !== undefined)
  return inMoney >= 0
    ? { volume: inMoney, tickVolume, volumeIsMoney: true }
    : { volume: tickVolume, tickVolume, volumeIsMoney: false }
}
