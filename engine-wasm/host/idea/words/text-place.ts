/** A part of a sentence. UTF-16 offsets. */
export type TextPlace = { from: number; to: number }

/** What is left of places when holes are cut out of them, without the spaces and signs at the cuts. */
export function cutPlaces<Place extends TextPlace>(
  say: string,
  places: readonly Place[],
  holes: readonly TextPlace[],
): Place[] {
  return holes.reduce<Place[]>((left, hole) => left.flatMap((place) => aroundHole(say, place, hole)), [...places])
}

function aroundHole<Place extends TextPlace>(say: string, place: Place, hole: TextPlace): Place[] {
  if (hole.to <= place.from || place.to <= hole.from) return [place]
  return [
    { ...place, to: Math.max(place.from, hole.from) },
    { ...place, from: Math.min(place.to, hole.to) },
  ].flatMap((part) => trimmed(say, part))
}

function trimmed<Place extends TextPlace>(say: string, place: Place): Place[] {
  const words = say.slice(place.from, place.to)
  if (!/[\p{L}\p{N}]/u.test(words)) return []
  const [start, end] = [/^[\s,.;:'’"]*/.exec(words)![0].length, /[\s,.;:'’"(]*$/.exec(words)![0].length]
  return [{ ...place, from: place.from + start, to: place.to - end }]
}
