/** Begins the names under which windows put changes aside: the strategy and the window follow. */
export const STASH = "candlewright.unsaved."
