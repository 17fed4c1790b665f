// The door of live markets: the screen and its address.
export { WatchScreen, type WatchSearch } from "./watch-screen.tsx"
