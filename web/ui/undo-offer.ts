/** A chance to take something back: it is taken back or expires, and only one of them happens, once. */
export type UndoOffer = { takeBack: () => void; expire: () => void; isOpen: () => boolean }

let offers: UndoOffer[] = []

export function offerUndo(onUndo: () => void, onExpire: () => void): UndoOffer {
  const isOpen = () => offers.includes(offer)
  const end = (then: () => void) => {
    if (!isOpen()) return
    offers = offers.filter((one) => one !== offer)
    then()
  }
  const offer: UndoOffer = { takeBack: () => end(onUndo), expire: () => end(onExpire), isOpen }
  offers = [...offers, offer]
  return offer
}

/** Takes back what was offered last and is still open; false where there is nothing. */
export function takeBackNewest(): boolean {
  const newest = offers.at(-1)
  newest?.takeBack()
  return newest !== undefined
}
