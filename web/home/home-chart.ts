// The home screen's charts as a chunk of their own: the live ones stay behind.
export { RunChart } from "../chart/index.ts"
